"""The site in a browser: wide and narrow, light and dark; nothing is reported by the console, nothing is blocked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sites import served

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]
PATHS = [
    "/", "/RUS/PAK", "/RUS", "/RUS/PAK?as_of=2014-06-01&compare=RUS-IND", "/nothing/at/all/here", "/map?of=RUS", "/map?of=IND&month=2014-06",
    "/network", "/network?actors=RUS,IND,PAK,USA,CHN&beside=zero", "/calendar?month=2012-10", "/statements", "/statements?state=all", "/arms",
    "/search", "/search?q=Russia+helicopters", "/d/demo-069", "/brief/RUS/PAK?since=2009-01-01&until=2016-12-31", "/api",
    "/comments/thread?kind=dyad&key=RUS-PAK", "/me", "/sign-in", "/moderate",
]  # fmt: skip
SIZES = [(1280, 900), (390, 844)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site over the demo's record, served for real."""
    from detente import demo, web
    from detente import record as store
    from detente.desk import Desk
    from detente.watch import intake

    folder = tmp_path_factory.mktemp("browser") / "record"
    with store.open(folder) as record:
        intake.ingest(record, demo.raws(), workers=0, origin="demo")
    with (
        Desk.open(folder) as desk,
        served(web.create_app(folder, settings=web.Settings(full_text=True), desk=desk)) as at,
    ):
        yield f"http://{at}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


def opened(browser: Any, size: tuple[int, int], scheme: str = "light", **more: Any) -> tuple[Any, list[str]]:
    """A page whose complaints are collected."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **more)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if "127.0.0.1" not in request.url else None)
    return page, told


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_quiet_and_fit(browser: Any, address: str, size: tuple[int, int], scheme: str) -> None:
    page, told = opened(browser, size, scheme)
    for path in PATHS:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        assert page.locator("h1").count() == 1
    assert [t for t in told if "404" not in t] == []
    page.close()


CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || [0, 0, 0]).map(Number);
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length || e.closest("[hidden]")) continue;
    const svg = e.namespaceURI.endsWith("svg");
    if (svg && e.tagName !== "text") continue;
    const style = getComputedStyle(e);
    const tile = svg && e.closest("a, g")?.querySelector("rect.m-coop, rect.m-conf, rect.m-chosen");
    const under = tile ? parse(getComputedStyle(tile).fill) : ground(e);
    const [a, b] = [light(parse(svg ? style.fill : style.color)), light(under)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(`${e.tagName} ${e.className.baseVal ?? e.className}: ${e.textContent.slice(0, 30)}`);
  }
  return bad;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast(browser: Any, address: str, scheme: str) -> None:
    page, _ = opened(browser, SIZES[0], scheme)
    for path in PATHS:
        page.goto(address + path)
        assert page.evaluate(CONTRAST) == [], path
    page.close()


def test_a_chart_tells_its_values_to_hand_and_keys(browser: Any, address: str) -> None:
    page, told = opened(browser, SIZES[0])
    page.route("**/vega.*.js", lambda route: route.fulfill(body=""))  # the picture that the server drew
    page.goto(address + "/RUS/PAK")
    chart = page.locator("svg.chart:visible").first
    chart.hover()
    tip = page.locator(".tip:visible")
    assert "20" in tip.text_content()
    before = tip.text_content()
    page.mouse.move(0, 0)
    page.locator("main a").first.focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if chart.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Home")
    assert page.locator(".tip:visible").text_content() != before
    page.keyboard.press("Escape")
    assert page.locator(".tip:visible").count() == 0
    assert told == []
    page.close()


def zoom(page: Any, box: Any, to: float) -> None:
    """Drag over the overview of a living chart, from .3 of its width to `to`."""
    page.locator("figure[data-live] figcaption").scroll_into_view_if_needed()
    drawn = box.locator("svg").bounding_box()
    height = drawn["y"] + drawn["height"] - 20
    page.mouse.move(drawn["x"] + 0.3 * drawn["width"], height)
    page.mouse.down()
    page.mouse.move(drawn["x"] + to * drawn["width"], height, steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)


def until(page: Any, wanted: str) -> None:
    """Wait until an expression is true; asked from here, since the page's policy lets nothing be evaluated in it."""
    for _ in range(50):
        if page.evaluate(wanted):
            return
        page.wait_for_timeout(100)
    raise AssertionError(wanted)


@pytest.mark.parametrize(("size", "scheme"), [(SIZES[0], "light"), (SIZES[1], "dark")])
def test_a_chart_comes_alive_in_place(browser: Any, address: str, size: tuple[int, int], scheme: str) -> None:
    page, told = opened(browser, size, scheme)
    page.add_init_script("new PerformanceObserver(l => { for (const e of l.getEntries()) window.moved = (window.moved ?? 0) + e.value })"
                         ".observe({type: 'layout-shift', buffered: true})")  # fmt: skip
    page.goto(address + "/RUS/PAK?compare=IND-RUS")
    figure = page.locator("figure[data-alive]")
    figure.wait_for(timeout=60_000)
    assert page.evaluate("window.moved ?? 0") < 0.05
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("figure[data-live] svg.chart:visible").count() == 0
    assert page.evaluate(CONTRAST) == []
    box = page.locator(".live")
    assert "RUS – PAK" in box.get_attribute("aria-label")
    before = box.locator("text").all_text_contents()
    zoom(page, box, 0.4)
    assert box.locator("text").all_text_contents() != before
    box.focus()
    page.keyboard.press("Home")
    first = page.locator(".tip:visible").text_content()
    page.keyboard.press("ArrowRight")
    assert page.locator(".tip:visible").text_content() != first
    page.keyboard.press("Escape")
    assert page.locator(".tip:visible").count() == 0
    assert told == []
    page.close()


def test_a_live_chart_follows_the_light(browser: Any, address: str) -> None:
    page, told = opened(browser, SIZES[0], "light")
    page.goto(address + "/RUS/PAK")
    page.locator("figure[data-alive]").wait_for(timeout=60_000)
    seen = "document.querySelector('.live svg').outerHTML.includes('#54bccb')"
    assert not page.evaluate(seen)
    page.locator("[data-theme-toggle]").click()
    until(page, seen)
    assert page.locator(".live").count() == 1
    assert told == []
    page.close()


def test_a_live_chart_keeps_zoom_and_reader_when_it_is_drawn_anew(browser: Any, address: str) -> None:
    page, told = opened(browser, SIZES[0], "light")
    page.goto(address + "/RUS/PAK")
    page.locator("figure[data-alive]").wait_for(timeout=60_000)
    box = page.locator(".live")
    whole = box.locator("text").all_text_contents()
    zoom(page, box, 0.5)
    zoomed = box.locator("text").all_text_contents()
    assert zoomed != whole
    box.focus()
    page.keyboard.press("Home")
    read = page.locator(".tip:visible").text_content()
    page.emulate_media(color_scheme="dark")
    until(page, "document.querySelector('.live svg').outerHTML.includes('#54bccb')")
    assert sorted(box.locator("text").all_text_contents()) == sorted(zoomed)
    assert page.evaluate("document.activeElement.matches('.live')")
    assert page.locator(".tip:visible").text_content() == read
    page.set_viewport_size({"width": SIZES[1][0], "height": SIZES[1][1]})
    still = "(() => { const v = document.querySelector('figure .only-narrow svg').viewBox.baseVal; return v.height / v.width })()"
    until(
        page,
        f"Math.abs(document.querySelector('.live svg').clientHeight - {still} * document.querySelector('figure').clientWidth) < 12",
    )
    assert told == []
    page.close()


def test_the_chosen_light_is_remembered(browser: Any, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address + "/")
    page.get_by_role("button", name="Dark").click()
    page.goto(address + "/RUS")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 24, 31)"
    context.close()


def test_keys_alone_lead_through(browser: Any, address: str) -> None:
    page, _ = opened(browser, SIZES[0])
    page.goto(address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_placeholder("Russia Pakistan").focus()
    page.keyboard.type("pakistan russia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/PAK/RUS")
    page.close()


def test_pages_are_read_without_scripts(browser: Any, address: str) -> None:
    page, _ = opened(browser, SIZES[1], java_script_enabled=False)
    page.goto(address + "/RUS/PAK")
    assert page.locator("svg.chart:visible").count() == 1
    page.locator("#as-of").fill("2014-06-01")
    page.locator("form:has(#as-of) button").click()
    assert "as_of=2014-06-01" in page.url
    assert page.get_by_text("You see what was known on").is_visible()
    assert page.locator("[data-theme-toggle]:visible").count() == 0
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_axe_finds_nothing_serious(browser: Any, address: str, size: tuple[int, int], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, _ = opened(browser, size, scheme)
    found = []
    for path in PATHS:
        page.goto(address + path)
        if page.locator("figure[data-live]").count():
            page.locator("figure[data-alive]").wait_for(timeout=60_000)
        bad = [one for one in axe.run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
        found += [(path, one["id"], one["nodes"][0]["html"][:160]) for one in bad]
    page.close()
    assert found == []


def test_a_comment_is_written_answered_and_voted_on_by_keyboard_alone(browser: Any, address: str) -> None:
    page, told = opened(browser, SIZES[0])
    page.goto(address + "/RUS/PAK")
    page.locator("[data-discuss]").scroll_into_view_if_needed()
    box = page.locator("[data-discuss] textarea")
    box.wait_for()
    box.focus()
    page.keyboard.type("The *first* opening since 1968.")
    page.wait_for_timeout(3200)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-thread] em").wait_for()
    assert page.url.endswith("/RUS/PAK")
    assert page.locator("[data-note]").text_content().startswith("Your comment is")
    assert told == []
    page.close()


def test_the_slider_of_the_map_shows_other_months_and_keeps_them_in_the_address(browser: Any, address: str) -> None:
    page, told = opened(browser, SIZES[0])
    page.goto(address + "/map?of=RUS")
    before = page.locator("h1").text_content()
    page.locator("#slide").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("before => document.querySelector('h1').textContent !== before", arg=before)
    assert "month=" in page.url
    kept, address_kept = page.locator("h1").text_content(), page.url
    page.goto(address_kept)
    assert page.locator("h1").text_content() == kept
    assert told == []
    page.close()


def test_all_of_it_can_be_read_without_a_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in PATHS:
        answer = page.goto(address + path)
        assert answer.status in {200, 404}
        assert len(page.locator("main").inner_text()) > 40, path
        assert len(answer.body()) <= 300_000, path
    page.goto(address + "/RUS/PAK")
    page.get_by_text("Read and write comments").click()
    page.locator("textarea").fill("Written without a script.")
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Send").click()
    assert "Written without a script." in page.locator(".comments").inner_text()
    context.close()
