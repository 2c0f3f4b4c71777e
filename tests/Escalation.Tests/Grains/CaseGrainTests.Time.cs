using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Grains;

/// <content>What time does.</content>
public sealed partial class CaseGrainTests
{
    [Fact]
    public async Task Wake_WhenADeadlineIsDue_ReachesAndPublishesTheNextStep()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        cluster.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(await cluster.ReadDueTimesAsync());
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await cluster.ReadDueTimesAsync());
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count > 1, "the next step is published");
        Assert.Equal([1, 2], cluster.Publisher.Events.Select(e => e.As<V1.Escalation>().Step));
        Assert.Equal(Some.Start.AddMinutes(20), cluster.Store.Next(CaseRows.Queue));
    }

    [Fact]
    public async Task Wake_AgainAndByAnotherActivation_ClimbsOnce()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        await cluster.Writer().WakeAsync();
        await cluster.ForgetAsync();
        await cluster.Writer().WakeAsync();
        Assert.Equal(2, (await cluster.OpenAsync()).Climbs[0].CurrentStep);
    }

    [Fact]
    public async Task Review_DirectoryNamesSomebodyForAStepThatHadNobody_IsAskedOnce()
    {
        await using var cluster = await CaseCluster.StartAsync();
        cluster.Directory.Recipients = [];
        await cluster.BreachAsync(Some.Breach("a"));
        Assert.Equal(State.Exhausted, (await cluster.OpenAsync()).State);
        var review = cluster.Review(cluster.Store.Store);
        await review.ReviewAsync(default);
        Assert.Equal(State.Exhausted, (await cluster.OpenAsync()).State);

        cluster.Directory.Recipients = [Some.Authority];
        await review.ReviewAsync(default);
        await review.ReviewAsync(default);
        var asked = await cluster.OpenAsync();
        Assert.Equal((State.AwaitingAcknowledgement, 2), (asked.State, asked.Climbs[0].CurrentStep));
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count == 1, "the step is published");
    }

    [Fact]
    public async Task Review_OneCountrysCaseCannotBeRead_TheOthersAreLookedAt()
    {
        await using var cluster = await CaseCluster.StartAsync();
        cluster.Directory.Recipients = [];
        foreach (var country in new[] { "XAA", "XAB", "XAC" })
        {
            await cluster.Writer(country).RecordBreachAsync(Of(country), country);
        }

        await cluster.Store.CommitAsync(
            new Store.Committing.Unit().Add("update escalation_case set record = $1 where country = 'XAA'", new byte[] { 8, 99 }),
            default
        );
        cluster.Directory.Recipients =
        [
            new()
            {
                Name = "recipients/all",
                DisplayName = "The authority of all",
                Role = V1.Role.CompetentAuthority,
            },
        ];
        await cluster.Review(cluster.Store.Store).ReviewAsync(default);

        Assert.Equal(State.AwaitingAcknowledgement, (await cluster.OpenAsync("XAB")).State);
        Assert.Equal(State.AwaitingAcknowledgement, (await cluster.OpenAsync("XAC")).State);
    }

    [Fact]
    public async Task Review_ClockWasAYearAhead_TheDeadlineIsSetRight()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        await cluster.Store.CommitAsync(
            new Store.Committing.Unit().Add("update escalation_case set asked = $1", Some.Start.AddYears(1).UtcTicks),
            default
        );
        Assert.Equal([Some.Country], await cluster.Reader.ToReviewAsync(Some.Start, false, default));
    }

    // Two activations at once, as when a silo is taken for dead: what the other has set in between stands.
    [Fact]
    public async Task Wake_CountryHadNoCaseAndOneIsOpenedInBetween_IsStillDue()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.Store.SetAsync(CaseRows.Queue, Some.Country, Some.Start, default);
        var due = Some.Start.AddMinutes(10);
        cluster.Store.BeforeNextCommit = () => cluster.Store.SetAsync(CaseRows.Queue, Some.Country, due, default);

        await cluster.Writer().WakeAsync();

        Assert.Equal(due, cluster.Store.Of(CaseRows.Queue, Some.Country));
        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        await cluster.Writer().WakeAsync();
        Assert.Null(cluster.Store.Of(CaseRows.Queue, Some.Country));
    }

    [Fact]
    public async Task Wake_CaseIsChangedInBetween_SetsNoDueTimeOfBefore()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var due = Some.Start.AddMinutes(1);
        cluster.Store.BeforeNextCommit = () =>
            cluster.Store.CommitAsync(
                new Store.Committing.Unit()
                    .Add("update escalation_case set sequence = sequence + 1")
                    .SetDue(CaseRows.Queue, Some.Country, due),
                default
            );

        await Assert.ThrowsAsync<StoreConflictException>(() => cluster.Writer().WakeAsync());

        Assert.Equal(due, cluster.Store.Of(CaseRows.Queue, Some.Country));
    }
}
