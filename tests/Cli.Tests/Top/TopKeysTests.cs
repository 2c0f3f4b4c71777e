using EarlyWarning.Cli.Top;

namespace EarlyWarning.Cli.Tests.Top;

public class TopKeysTests
{
    [Fact]
    public void Press_Arrows_MoveTheMarkAndStopAtTheEnds()
    {
        Assert.Equal("XAB", Press(TopSamples.Whole, ConsoleKey.DownArrow).Country);
        Assert.Equal("XAD", Press(TopSamples.Whole, 'j', 'j').Country);
        Assert.Equal("XAA", Press(TopSamples.Whole, 'j', 'k', 'k').Country);
        Assert.Equal("XAC", Press(TopSamples.Whole, 'G', 'j').Country);
        Assert.Equal("XAA", Press(TopSamples.Whole, 'G', 'g').Country);
    }

    /// <summary>The mark stands on a country, not on a place: a ranking that changes does not move it to another.</summary>
    [Fact]
    public void Press_AfterTheOrderChanged_GoesOnFromTheSameCountry()
    {
        var state = Press(TopSamples.Whole, 'j').With([TopSamples.Risk("XAB", "Borland", 90, 2)]);

        Assert.Contains(TopSamples.Draw(state), line => line.StartsWith("> 1  XAB", StringComparison.Ordinal));
        Assert.Equal("XAA", Press(state, 'j').Country);
    }

    [Fact]
    public void Press_F_GoesFromTheHighestLevelDownToAll()
    {
        Assert.Equal([2, 1, null], Steps('f'));
        Assert.Equal([1, 2, null], Steps('F'));

        static int?[] Steps(char key) =>
            [.. Enumerable.Range(1, 3).Select(times => Press(TopSamples.Whole, [.. Enumerable.Repeat(key, times)]).LowestLevel)];
    }

    [Fact]
    public void Press_Slash_NarrowsWhileTypingAndEscEndsIt()
    {
        var typing = Press(TopSamples.Whole, '/', 'b', 'o', 'r');

        Assert.Equal(["XAB"], typing.Ranking().Select(row => row.Risk.Country));
        Assert.Equal("/bor_   Enter keeps it, Esc ends it", TopSamples.Draw(typing)[^1]);
        var kept = Press(typing, ConsoleKey.Enter);
        Assert.Null(kept.Dialog);
        Assert.Equal("bor", kept.Search);
        Assert.Equal("", Press(kept, ConsoleKey.Escape).Search);
        Assert.Equal(5, Press(typing, ConsoleKey.Escape).Ranking().Count());
    }

    [Fact]
    public void Press_Enter_OpensWhatIsMarkedInThePane()
    {
        var state = TopSamples.Whole.WithOpen([TopSamples.Open("XAB", TimeSpan.FromHours(1))]);

        Assert.Equal(new ExplainWish("XAA"), TopKeys.Press(state, Key(ConsoleKey.Enter), 10).Wish);
        Assert.Equal(new CaseWish("cases/XAB-1"), TopKeys.Press(Press(state, ConsoleKey.Tab), Key(ConsoleKey.Enter), 10).Wish);
    }

    [Fact]
    public void Press_A_AsksAsWhomThenForANoteAndSendsBoth()
    {
        var one = TopSamples.Open("XAB", TimeSpan.FromHours(1));
        var cases = Press(TopSamples.Whole.WithOpen([one]), ConsoleKey.Tab);
        Assert.Equal(new RecipientWish(one), TopKeys.Press(cases, Key('a'), 10).Wish);

        var asked = cases with { Dialog = new RecipientTyping(one, "recipients/a") };
        var note = Press(asked, ConsoleKey.Backspace, 'b', ConsoleKey.Enter, 'O', 'n', ' ', 'i', 't');

        Assert.Equal("Note of recipients/b: On it_   Enter acknowledges, Esc does not", TopSamples.Draw(note)[^1]);
        Assert.Equal(new AcknowledgeWish(one, "recipients/b", "On it"), TopKeys.Press(note, Key(ConsoleKey.Enter), 10).Wish);
        Assert.Null(Press(note, ConsoleKey.Escape).Dialog);
    }

    [Fact]
    public void Press_AInTheRanking_SaysWhereCasesAre()
    {
        var (state, wish) = TopKeys.Press(TopSamples.Whole, Key('a'), 10);

        Assert.Null(wish);
        Assert.Equal("Tab to the cases first.", TopSamples.Draw(state)[^1]);
        Assert.Equal("", Press(state, 'j').Notice);
    }

    [Fact]
    public void Press_QuestionMark_ShowsTheKeysAndEscGoesBack()
    {
        var help = Press(TopSamples.Whole, '?');

        Assert.Contains(TopSamples.Draw(help), line => line.StartsWith("q               quits", StringComparison.Ordinal));
        Assert.Null(Press(help, ConsoleKey.Escape).Dialog);
        Assert.Equal(new QuitWish(), TopKeys.Press(TopSamples.Whole, Key('q'), 10).Wish);
        Assert.Null(TopKeys.Press(help, Key('q'), 10).Wish);
    }

    [Fact]
    public void Press_InALongText_ScrollsToItsEndAndNoFurther()
    {
        var text = TopSamples.Whole with { Dialog = new TextDialog("long", [.. Enumerable.Range(1, 50).Select(line => $"line {line}")]) };
        var page = TopFrame.PageOf(24);

        var end = TopKeys.Press(text, Key('G'), page).State;

        Assert.Contains("line 50", TopSamples.Draw(end));
        Assert.Contains("line 33", TopSamples.Draw(end));
        Assert.Contains("line 2", TopSamples.Draw(TopKeys.Press(text, Key('j'), page).State));
    }

    private static TopState Press(TopState state, params object[] keys) =>
        keys.Aggregate(state, (now, key) => TopKeys.Press(now, key is ConsoleKey named ? Key(named) : Key((char)key), 10).State);

    private static TopState Press(TopState state, char[] keys) => Press(state, [.. keys.Cast<object>()]);

    private static ConsoleKeyInfo Key(char sign) => new(sign, default, char.IsUpper(sign), alt: false, control: false);

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, shift: false, alt: false, control: false);
}
