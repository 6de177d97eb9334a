import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { build, defineConfig, type Plugin } from 'vite';

/** The small script of pages without Svelte in the browser (`lib/plain`), made before the rest. */
function plainScript(): Plugin {
  let made: Promise<unknown> | undefined;
  return {
    name: 'plain-script',
    apply: 'build',
    buildStart() {
      made ??= build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          outDir: 'static/script',
          emptyOutDir: true,
          rolldownOptions: {
            input: 'src/lib/plain/main.ts',
            output: { entryFileNames: 'plain.js' },
          },
        },
      });
      return made.then(() => undefined);
    },
  };
}

export default defineConfig({
  plugins: [
    plainScript(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      // pages live at `/` and below `/w/<slug>`; their files only at `/_app`
      paths: { relative: false },
      // the browser asks for a route when it needs it instead of loading the list of all routes
      router: { resolution: 'server' },
      inlineStyleThreshold: 0,
      version: { pollInterval: 0 },
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // the one style attribute that SvelteKit itself makes, of its hidden route announcer
          'style-src-attr': [
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
          ],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  build: {
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // one file for what pages share: many small ones compress badly
          // not of the desk, of admins, or of the texts of the wijk: readers of questions need none of it
          groups: [
            {
              name: 'lib',
              test: /apps\/web\/src\/lib\/(?!desk\/|admin\/|treasury\/|market\/|markup|components\/(Markup|Spans|OwnPage|QuestionCard|SelectField|MailChoices|Pagination|EmptyState)\.)|vite\/preload-helper/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
});
