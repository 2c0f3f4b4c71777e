using EarlyWarning.Cli.Top;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Cli.Tests.Top;

public class TopFrameTests
{
    [Fact]
    public void Draw_On80By24_HasBothPanesWorstFirst()
    {
        var state = TopSamples.Whole.WithOpen([
            TopSamples.Open("XAA", TimeSpan.FromMinutes(61)),
            TopSamples.Open("XAB", TimeSpan.FromSeconds(-190), CaseState.AwaitingDecision),
        ]);

        var lines = TopSamples.Draw(state);
        Assert.Equal(24, lines.Length);
        Assert.Equal("Early Warning  un at http://suite:5051  live 2026-05-01 12:00:00Z", lines[0]);
        Assert.Equal("RANKING  5 of 5 countries", lines[1]);
        Assert.Matches("^  #  code  country +level +score  range +cover  trend  firing$", lines[2]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal(["XAA", "XAB", "XAD", "XAE", "XAC"], Codes(lines));
        Assert.Matches(@"^> 1  XAA   Arland +high +71  67–75\.5 +82 % +\+1\.5  2$", lines[3]);
        Assert.Matches(@"^  –  XAE   Eorland +at least high +–  – +10 % +–$", lines[6]);
        Assert.Matches(@"^  –  XAC   Corland +not known +–  – +25 % +–$", lines[7]);
        Assert.Equal("CASES  2 of 2 open", lines[8]);
        Assert.Matches(@"^  late 3 min 10 s  2026-05-01 11:56:50Z  XAB   warning   to decide: National fo…$", lines[10]);
        Assert.Matches(@"^  1 h 01 min       2026-05-01 13:01Z     XAA   warning   to acknowledge: Nation…$", lines[11]);
        Assert.StartsWith("arrows  Tab pane  Enter open", lines[23], StringComparison.Ordinal);
        Assert.EndsWith("q quit", lines[23], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_EqualScores_ShareARank()
    {
        var state = TopSamples.Start.With([
            TopSamples.Risk("XAC", "C", 50, 1),
            TopSamples.Risk("XAB", "B", 50, 1),
            TopSamples.Risk("XAA", "A", 40, 1),
        ]);

        Assert.Equal([(1, "XAB"), (1, "XAC"), (3, "XAA")], state.Ranking().Select(row => (row.Rank!.Value, row.Risk.Country)));
    }

    [Theory]
    [InlineData(2.4, true)]
    [InlineData(2.6, false)]
    public void Draw_SuiteSilent_SaysOfWhenItIs(double silence, bool live)
    {
        var lines = TopSamples.Draw(TopSamples.Whole, silence);

        Assert.Equal(live, lines[0].Contains("live 2026-05-01 12:00:02Z", StringComparison.Ordinal));
        Assert.Equal(!live, lines[0].EndsWith("NOT LIVE", StringComparison.Ordinal));
        Assert.Equal(!live, lines[1] == "NOT LIVE: as of 2026-05-01 12:00:00Z, 2 s ago: the suite does not answer.");
    }

    /// <summary>The clock goes on being heard; what the watch would have told is as old as its break all the same.</summary>
    [Fact]
    public void Draw_OneWatchBroken_IsAsOfItsBreak()
    {
        var state = TopSamples.Whole.Lost(TopState.CasesPart, "the connection broke.").Heard(TopSamples.Noon.AddSeconds(30), 0);

        var lines = TopSamples.Draw(state, silence: 0.1);

        Assert.StartsWith("NOT LIVE: as of 2026-05-01 12:00:00Z", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("live 2026-05-01 12:00:00Z", TopSamples.Draw(state.Again(TopState.CasesPart))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_NothingHeardYet_DoesNotLookQuiet()
    {
        var lines = TopSamples.Draw(TopSamples.Start);

        Assert.EndsWith("waiting for the suite", lines[0], StringComparison.Ordinal);
        Assert.Equal("RANKING  not known yet", lines[1]);
        Assert.Contains("CASES  not known yet", lines);
    }

    [Fact]
    public void Draw_Exhausted_IsTheFirstCase()
    {
        var state = TopSamples.Whole.WithOpen([
            TopSamples.Open("XAA", TimeSpan.FromSeconds(5)),
            TopSamples.Open("XAB", null, CaseState.Exhausted),
            TopSamples.Open("XAC", null, CaseState.Decided),
        ]);

        var lines = TopSamples.Draw(state, width: 120).SkipWhile(line => !line.StartsWith("CASES", StringComparison.Ordinal)).ToList();

        Assert.Contains("XAB   warning   nobody further is asked, and nobody has answered", lines[2], StringComparison.Ordinal);
        Assert.Contains("XAA   warning   to acknowledge: National focal point; step 1 of 2", lines[3], StringComparison.Ordinal);
        Assert.Contains("XAC   warning   decided", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_FromALevelUp_KeepsThoseOfWhomTooLittleIsKnown()
    {
        var lines = TopSamples.Draw(TopSamples.Whole with { LowestLevel = 2 });

        Assert.Equal("RANKING  3 of 5 countries, high or higher, or not known", lines[1]);
        Assert.Equal(["XAA", "XAE", "XAC"], Codes(lines));
    }

    [Fact]
    public void Draw_ExerciseAndUnarmed_SaysBoth()
    {
        var lines = TopSamples.Draw(TopSamples.Whole with { Exercise = true, Unarmed = true });

        Assert.Contains("EXERCISE", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("UNARMED: nobody is told", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_ManyCountries_ShowsTheMarkedOne()
    {
        var many = Enumerable.Range(0, 200).Select(place => TopSamples.Risk($"X{place:000}", $"Land {place}", 100 - (place / 4.0), 1));
        var state = TopSamples.Start.With(many).WithOpen([]).Heard(TopSamples.Noon, 0) with { Country = "X150" };

        var lines = TopSamples.Draw(state);

        Assert.Equal(24, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("> 151  X150", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_TooSmall_SaysWhatItNeeds() =>
        Assert.Equal(["ew top needs 60 columns and 12 lines; here are 60 and 8."], TopSamples.Draw(TopSamples.Whole, width: 60, height: 8));

    [Fact]
    public void Draw_WithoutAHeight_HasEveryRowAndNoMark()
    {
        var many = Enumerable.Range(0, 60).Select(place => TopSamples.Risk($"X{place:00}", $"Land {place}", 100 - place, 1));

        var lines = TopSamples.Draw(TopSamples.Start.With(many).WithOpen([]).Heard(TopSamples.Noon, 0), height: null);

        Assert.Equal(60, lines.Count(line => line.Contains("Land ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.StartsWith('>'));
    }

    private static IEnumerable<string> Codes(IEnumerable<string> lines) =>
        lines
            .SkipWhile(line => !line.StartsWith("RANKING", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("CASES", StringComparison.Ordinal))
            .Skip(2)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => word.Length == 3 && word[0] == 'X'));
}
