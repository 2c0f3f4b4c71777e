using EarlyWarning.V1;

namespace EarlyWarning.Cli.Top;

/// <summary>What each key does. Pure.</summary>
internal static class TopKeys
{
    public static readonly IReadOnlyList<string> Help =
    [
        "arrows, j, k    move the mark; Page Up, Page Down; g and G: first and last",
        "Tab             the other pane",
        "Enter           explains the country's score, or shows the case",
        "/               narrows both panes to a country's code or a part of its name",
        "f, F            the ranking from a level up: the highest, the next lower, all; F the other way.",
        "                Countries of which too little is known stay: they may be at any level.",
        "a               acknowledges the case: as whom, with which note; it covers the causes that are open on the screen,",
        "                and is refused where the case has changed meanwhile. Whether you may, the suite says.",
        "Ctrl-L          draws the screen anew",
        "Esc             back; ends a search",
        "q               quits",
        "",
        "Times are UTC, by the suite's clock. NOT LIVE says that what is shown may no longer be so.",
    ];

    /// <summary>The state after a key, and what it asks for.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="key">The key.</param>
    /// <param name="page">How many rows a page has.</param>
    public static (TopState State, TopWish? Wish) Press(TopState state, ConsoleKeyInfo key, int page) =>
        (key.Key, key.Modifiers) is (ConsoleKey.L, ConsoleModifiers.Control)
            ? (state, new RedrawWish())
            : state.Dialog switch
            {
                Typing typing => Type(state with { Notice = "" }, typing, key),
                TextDialog reading => (Read(state, reading, key, page), null),
                _ => Browse(state with { Notice = "" }, key, page),
            };

    private static (TopState, TopWish?) Browse(TopState state, ConsoleKeyInfo key, int page) =>
        (key.Key, key.KeyChar) switch
        {
            (_, 'q') => (state, new QuitWish()),
            (_, '?') => (state with { Dialog = new TextDialog("Keys", Help) }, null),
            (_, '/') => (state with { Dialog = new SearchTyping(state.Search) }, null),
            (_, 'f') => (state with { LowestLevel = Lower(state) }, null),
            (_, 'F') => (state with { LowestLevel = Higher(state) }, null),
            (_, 'a') => Acknowledge(state),
            (ConsoleKey.Tab or ConsoleKey.LeftArrow or ConsoleKey.RightArrow, _) => (
                state with
                {
                    Pane = state.Pane == TopPane.Ranking ? TopPane.Cases : TopPane.Ranking,
                },
                null
            ),
            (ConsoleKey.Escape, _) => (state with { Search = "" }, null),
            (ConsoleKey.Enter, _) => (state, Open(state)),
            _ => (Step(key, page) is { } step and not 0 ? Move(state, step) : state, null),
        };

    private static TopState Read(TopState state, TextDialog reading, ConsoleKeyInfo key, int page) =>
        key.Key is ConsoleKey.Escape or ConsoleKey.Enter or ConsoleKey.Backspace || key.KeyChar is 'q' or '?'
            ? state with
            {
                Dialog = null,
            }
            : state with
            {
                Dialog = reading with
                {
                    First = Math.Clamp(
                        reading.First + Math.Clamp(Step(key, page), -99_999, 99_999),
                        0,
                        Math.Max(0, reading.Lines.Count - page)
                    ),
                },
            };

    private static (TopState, TopWish?) Type(TopState state, Typing typing, ConsoleKeyInfo key) =>
        key.Key switch
        {
            ConsoleKey.Escape => (state with { Dialog = null, Search = typing is SearchTyping ? "" : state.Search }, null),
            ConsoleKey.Enter => Enter(state, typing),
            ConsoleKey.Backspace => (Typed(state, typing, typing.Text.Length > 0 ? typing.Text[..^1] : ""), null),
            _ when (key.Key, key.Modifiers) is (ConsoleKey.U, ConsoleModifiers.Control) => (Typed(state, typing, ""), null),
            _ => (char.IsControl(key.KeyChar) ? state : Typed(state, typing, typing.Text + key.KeyChar), null),
        };

    private static TopState Typed(TopState state, Typing typing, string text) =>
        state with
        {
            Dialog = typing with { Text = text },
            Search = typing is SearchTyping ? text : state.Search,
        };

    private static (TopState, TopWish?) Enter(TopState state, Typing typing) =>
        typing switch
        {
            RecipientTyping { Text.Length: 0 } => (
                state with
                {
                    Notice = "As whom? Write recipients/{id} of the directory, or Esc.",
                },
                null
            ),
            RecipientTyping { Of: var one, Text: var recipient } => (state with { Dialog = new NoteTyping(one, recipient, "") }, null),
            NoteTyping { Of: var one, Recipient: var recipient, Text: var note } => (
                state with
                {
                    Notice = $"{one.Name}: acknowledging…",
                },
                new AcknowledgeWish(one, recipient, note)
            ),
            _ => (state with { Dialog = null }, null),
        };

    private static (TopState, TopWish?) Acknowledge(TopState state) =>
        Marked(state) is not { } one
            ? (state with { Notice = state.Pane == TopPane.Cases ? "No case is open here." : "Tab to the cases first." }, null)
            : (state, new RecipientWish(one));

    private static TopWish? Open(TopState state) =>
        state.Pane == TopPane.Cases ? (Marked(state) is { } one ? new CaseWish(one.Name) : null)
        : state.Ranking().Select(row => row.Risk.Country).ToList() is { Count: > 0 } codes
            ? new ExplainWish(codes[Place(codes, state.Country)])
        : null;

    private static Case? Marked(TopState state)
    {
        var cases = state.Pane == TopPane.Cases ? state.OpenCases().ToList() : [];
        return cases.Count > 0 ? cases[Place([.. cases.Select(one => one.Name)], state.Case)] : null;
    }

    private static TopState Move(TopState state, int step)
    {
        List<string> rows =
            state.Pane == TopPane.Ranking
                ? [.. state.Ranking().Select(row => row.Risk.Country)]
                : [.. state.OpenCases().Select(one => one.Name)];
        if (rows.Count == 0)
        {
            return state;
        }

        var ranking = state.Pane == TopPane.Ranking;
        var to = rows[(int)Math.Clamp((long)Place(rows, ranking ? state.Country : state.Case) + step, 0, rows.Count - 1)];
        return ranking ? state with { Country = to } : state with { Case = to };
    }

    /// <summary>Where the mark stands: on the first where what it stood on is not shown.</summary>
    public static int Place(IReadOnlyList<string> rows, string marked) => Math.Max(0, rows.ToList().IndexOf(marked));

    private static int Step(ConsoleKeyInfo key, int page) =>
        (key.Key, key.KeyChar) switch
        {
            (ConsoleKey.DownArrow, _) or (_, 'j') => 1,
            (ConsoleKey.UpArrow, _) or (_, 'k') => -1,
            (ConsoleKey.PageDown or ConsoleKey.Spacebar, _) => page,
            (ConsoleKey.PageUp, _) => -page,
            (ConsoleKey.Home, _) or (_, 'g') => int.MinValue,
            (ConsoleKey.End, _) or (_, 'G') => int.MaxValue,
            _ => 0,
        };

    // All, then from the highest level down to the one above the lowest.
    private static int? Lower(TopState state) =>
        state.LowestLevel is not { } lowest ? (state.Levels.Count > 1 ? state.Levels.Count - 1 : null)
        : lowest > 1 ? lowest - 1
        : null;

    private static int? Higher(TopState state) =>
        state.LowestLevel is not { } lowest ? (state.Levels.Count > 1 ? 1 : null)
        : lowest < state.Levels.Count - 1 ? lowest + 1
        : null;
}
