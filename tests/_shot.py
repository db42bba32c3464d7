import sys
from tests.browser.lab import chromium, Explored, SCREENSHOTS
from course.explore import Threshold, Classifiers
SCREENSHOTS.mkdir(parents=True, exist_ok=True)
with chromium() as b:
    for C,st in ((Threshold,{}),(Classifiers,{})):
        path=SCREENSHOTS/f"{C.name}.html"; C(**st).to_html(path)
        for scheme in ("light","dark"):
            ctx=b.new_context(viewport={"width":1080,"height":640},color_scheme=scheme); pg=ctx.new_page()
            errs=[]; pg.on("console",lambda m: errs.append(m.text) if m.type=="error" else None); pg.on("pageerror",lambda e: errs.append(str(e)))
            pg.goto(path.as_uri()); e=Explored(pg,pg.locator(f".descent-explorable"))
            if C is Threshold and scheme=="light":
                box=e.root.locator("canvas").nth(0).bounding_box()
                pg.mouse.move(box["x"]+62+(box["width"]-76)*5.5/11, box["y"]+150); pg.mouse.down(); pg.mouse.move(box["x"]+62+(box["width"]-76)*6/11, box["y"]+150); pg.mouse.move(box["x"]+62+(box["width"]-76)*7/11, box["y"]+150,steps=5); pg.mouse.up()
                print(e.summary, e.root.locator(".descent-readout").inner_text())
            pg.screenshot(path=str(SCREENSHOTS/f"{C.name}-{scheme}.png")); print(errs)
