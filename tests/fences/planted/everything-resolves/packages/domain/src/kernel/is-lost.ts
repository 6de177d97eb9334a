// @ts-ignore: that nothing is there is the point
import './nowhere.ts';
