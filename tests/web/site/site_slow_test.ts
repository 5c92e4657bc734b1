// All browser tests of the site in one file: they share one build and one browser.
import "./_pages_tests.ts";
import "./_programs_tests.ts";
import { shareSite } from "./_site_page.ts";

shareSite();
