using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Engine.Tests.Uncertainty;

public class SeedTests
{
    [Fact]
    public void Of_OneDecision_IsTheSameForEver()
    {
        // A seed is in journals: what it is made of may never change.
        Assert.Equal(1107970703533096478UL, Seed.Of("atrocity-risk", 3, "MLI", 1_024));
        Assert.Equal(14955642334617040881UL, Seed.Of("MLI"));
    }

    [Fact]
    public void Of_DecisionsThatDifferInOneThing_Differ()
    {
        ulong[] seeds =
        [
            Seed.Of("risk", 1, "MLI", 1), Seed.Of("risk", 2, "MLI", 1), Seed.Of("risk", 1, "MLI", 2), Seed.Of("risk", 1, "MLJ", 1),
            Seed.Of("riskM", 1, "LI", 1), Seed.Of("ris", 1, "kMLI", 1),
        ];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.InRange(System.Numerics.BitOperations.PopCount(seed ^ seeds[0]), seed == seeds[0] ? 0 : 16, 48));
    }
}
