using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Overview;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Board.Tests.Live;

/// <summary>What a case says and the figures beside it are of one moment.</summary>
public sealed class CaseRisksTests : PageContext
{
    private readonly AnsweringCalls _calls = new();
    private readonly LiveState _live = new();

    [Fact]
    public async Task Read_OfACaseThatIsAheadOfTheRisk_AsksForTheRevisionThatItSpeaksOf()
    {
        _live.Change(_ => Known.State(At(17, revision: 4)));
        _calls.With("GetCountryRisk", () => new GetCountryRiskResponse { Risk = At(85, revision: 5) });

        var risks = await ReadAsync(Of(revision: 5));

        Assert.Equal(5, _calls.Last<GetCountryRiskRequest>().MinimumRevision);
        Assert.Equal(85, Assert.Single(risks).Score);
    }

    [Fact]
    public async Task Read_OfACaseOfWhichNoRiskIsKnownYet_AsksForIt_UnlessItsFrameworkWasRetired()
    {
        _live.Change(_ => Known.State());
        _calls.With("GetCountryRisk", () => new GetCountryRiskResponse { Risk = At(85, revision: 5) });

        Assert.Equal(85, Assert.Single(await ReadAsync(Of(revision: 5))).Score);

        _live.Change(state => state.Without("f"));

        Assert.Empty(await ReadAsync(Of(revision: 5)));
    }

    [Fact]
    public async Task Read_OfACaseWhoseRiskIsKnown_AsksNothing()
    {
        _live.Change(_ => Known.State(At(85, revision: 5)));

        Assert.Empty(await ReadAsync(Of(revision: 5)));
        Assert.Empty(_calls.Asked);
    }

    [Fact]
    public async Task Read_WhereTheRiskIsNotAnswered_HoldsTheCaseBackNoLonger()
    {
        _live.Change(_ => Known.State(At(17, revision: 4)));
        _calls.With("GetCountryRisk", () => throw new RpcException(new(StatusCode.DeadlineExceeded, "Too late.")));

        Assert.Empty(await ReadAsync(Of(revision: 5)));
    }

    [Fact]
    public async Task Read_AfterOneThatWasNotAnswered_AsksForNoneForAWhile()
    {
        _live.Hear(Known.Now, _ => Known.State());
        _calls.With("GetCountryRisk", () => throw new RpcException(new(StatusCode.DeadlineExceeded, "Not in time.")));
        CaseRisks risks = new(new SuiteClient(_calls), _live, NullLogger.Instance);

        for (var revision = 5; revision < 8; revision++)
        {
            Assert.Empty(await risks.ReadAsync(Of(revision), Xunit.TestContext.Current.CancellationToken));
        }

        Assert.Single(_calls.Asked);
    }

    [Fact]
    public void Card_OfACaseThatIsAheadOfTheRisk_ShowsNoFiguresOfBefore()
    {
        var behind = Show<Situations>(Known.Sight(Known.State(At(17, revision: 4)).With(Of(revision: 5))));
        Assert.DoesNotContain("17 of 100", behind.Find("article").TextContent, StringComparison.Ordinal);

        var level = Show<Situations>(Known.Sight(Known.State(At(85, revision: 5)).With(Of(revision: 5))));
        Assert.Contains("85 of 100", level.Find("article").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Firing_WhereTheRiskIsAheadOfTheCase_IsAsTheRiskSays()
    {
        var one = Of(revision: 5);
        var (firing, ended, before) = (At(85, revision: 5), At(10, revision: 6), At(10, revision: 4));
        firing.FiringThresholds = 1;

        Assert.Equal("case.firing", Known.Sight(Known.State(firing)).FiringOf(one));
        Assert.Equal("case.notFiring", Known.Sight(Known.State(ended)).FiringOf(one));
        Assert.Equal("case.firing", Known.Sight(Known.State(before)).FiringOf(one));
    }

    [Fact]
    public void Newer_OfARiskThatIsKnownInALaterState_ChangesNothing()
    {
        var state = Known.State(At(85, revision: 5));

        Assert.Same(state, state.WithNewer([At(17, revision: 4)], Known.Now));
        Assert.Equal(90, state.WithNewer([At(90, revision: 6)], Known.Now).Risks.Values.Single().Score);
    }

    private static CountryRisk At(double score, long revision)
    {
        var risk = Known.Risk("AAA", score);
        risk.Revision = revision;
        return risk;
    }

    private static Case Of(long revision)
    {
        var one = Known.Case("AAA", due: TimeSpan.FromHours(1));
        one.Firing = true;
        one.Causes[0].Revision = revision;
        return one;
    }

    private Task<IReadOnlyList<CountryRisk>> ReadAsync(Case one) =>
        new CaseRisks(new SuiteClient(_calls), _live, NullLogger.Instance).ReadAsync(one, Xunit.TestContext.Current.CancellationToken);
}
