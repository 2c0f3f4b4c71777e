using EarlyWarning.Board.Live;
using EarlyWarning.Board.Status;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Tests.Status;

public sealed class WarningPathTests
{
    [Fact]
    public void Path_OfWhichEachStageIsWell_Works()
    {
        var path = WarningPath.Of(State(Well()), sources: 3);

        Assert.Equal(StageState.Works, path.State);
        Assert.All(path.Stages, stage => Assert.Equal(StageState.Works, stage.State));
        Assert.Equal("The path of a warning works, from observation to case.", path.Sentence);
        Assert.Empty(path.Faults);
    }

    [Fact]
    public void Path_OnWhichNothingHasComeYet_IsNotSaidToWork()
    {
        var path = WarningPath.Of(State(Well()), sources: 0);

        Assert.Equal((StageState.Untried, StageState.Untried), (path.State, path.Stages[0].State));
        Assert.Contains("has not been tried", path.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_ThatBreaks_NamesWhere_AndItsFaultsComeWorstFirst()
    {
        var path = WarningPath.Of(
            State([.. Well(), Line("disk", Health.Attention), Line("given up", Health.Failing), Line("clock", Health.Failing)]),
            sources: 3
        );

        Assert.Equal(StageState.Fails, path.State);
        Assert.Equal("The path of a warning does NOT work: Delivery, clock.", path.Sentence);
        Assert.Equal(["given up", "clock", "disk"], path.Faults.Select(line => line.Subject));
        Assert.Equal(StageState.Works, path.Stages[0].State);
    }

    [Fact]
    public void Path_OfWhichAPartIsToldByNobody_IsNotKnown_AlthoughNothingIsAmiss()
    {
        var path = WarningPath.Of(State([.. Well().Where(line => line.Subject != "outbox")]), sources: 3);

        Assert.Equal(StageState.Unknown, path.State);
        Assert.Equal("Whether the path of a warning works is not known: nothing tells of Event.", path.Sentence);
    }

    [Fact]
    public void Path_WithoutNewsOfTheStatus_IsNotKnown_WhateverWasHeardBefore()
    {
        var state = State(Well());
        foreach (var silent in new[] { BoardState.Empty, state with { Broken = state.Broken.Add("status", "Connection refused") } })
        {
            var path = WarningPath.Of(silent, sources: 3);

            Assert.All(path.Stages, stage => Assert.Equal(StageState.Unknown, stage.State));
            Assert.Contains("no status is heard", path.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Path_WhilePeopleAreSilent_WorksAllTheSame_AndACaseThatIsStuckIsItsFault()
    {
        var silent = Line("cases", Health.Failing, Heading.Answers);

        Assert.Equal(StageState.Works, WarningPath.Of(State([.. Well(), silent]), sources: 3).State);
        Assert.Equal(
            "The path of a warning does NOT work: Case.",
            WarningPath.Of(State([.. Well(), silent, Line("cases", Health.Failing)]), sources: 3).Sentence
        );
    }

    private static BoardState State(IEnumerable<StatusLine> lines) => Known.State() with { Status = new() { Lines = { lines } } };

    private static IEnumerable<StatusLine> Well() =>
        new[] { "intake", "sources", "countries", "arming", "outbox", "directory", "undelivered", "store" }
            .Select(subject => Line(subject, Health.Ok))
            .Append(Line("cases", Health.Ok, Heading.Answers));

    private static StatusLine Line(string subject, Health health, Heading heading = Heading.Path) =>
        new()
        {
            Subject = subject,
            Health = health,
            Heading = heading,
            Text = "It says so.",
        };
}
