using EarlyWarning.Risk.Status;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Risk.Tests.Countries;

/// <summary>An entry that breaks a rule of the tables: no fault of the store, and none that passes by itself.</summary>
public sealed class RefusedEntryTests
{
    [Fact]
    public async Task Record_StoreRefusesTheEntryItself_IsFaultyWithItsLastGoodStateUntilItIsTriedAgain()
    {
        var machine = new MovedTime(TimeProvider.System);
        await using var cluster = await RiskCluster.StartAsync(clock: new(machine));
        await cluster.ObserveAsync(10, "a");
        cluster.Journals.Fate = (journal, _) =>
            journal == "risk/XAA" ? throw new StoreConflictException("a rule of the tables is broken.") : Fate.Appends;
        var refused = await cluster.ObserveAsync(90, "b");
        Assert.All(refused.Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
        Assert.All(refused.Problems, problem => Assert.Equal("COUNTRY_FAULTY", problem.Reason));
        Assert.Contains("a rule of the tables is broken", refused.Problems[0].Message, StringComparison.Ordinal);
        var risk = (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!;
        Assert.Equal((true, 10), (risk.Faulty, risk.Score));
        await IsAsync(1, V1.Health.Failing);

        // It stays so for a minute, so that somebody sees it.
        cluster.Journals.Fate = (_, _) => Fate.Appends;
        Assert.All((await cluster.ObserveAsync(90, "b")).Problems, problem => Assert.Equal("COUNTRY_FAULTY", problem.Reason));
        machine.Passed = TimeSpan.FromMinutes(2);
        await cluster.Country.WakeAsync();
        Assert.All((await cluster.ObserveAsync(90, "b")).Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        Assert.False((await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Faulty);
        await IsAsync(0, V1.Health.Ok);

        async Task IsAsync(double faulty, V1.Health health)
        {
            var standing = await new CountryStatus(cluster.Local).ReadAsync(default);
            Assert.Equal(health, Assert.Single(standing.Lines).Health);
            Assert.Equal(
                ("earlywarning.risk.countries.faulty", faulty),
                (standing.Measured[0].Gauge.Name, Assert.Single(standing.Measured).Value)
            );
        }
    }
}
