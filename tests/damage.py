"""What befalls files on their way."""

from hypothesis import strategies as st


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """Draw the content with one to six of its bytes changed."""
    changed = bytearray(content)
    for place in draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        changed[place] = draw(st.integers(0, 255))
    return bytes(changed)
