// @ts-ignore: only packages/auth has it installed, which is the other half of this fence
import 'lucia';
