using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class SeedTests
{
    [Fact]
    public void Of_OneThing_IsTheSameOnEveryMachine()
    {
        Assert.Equal(3459916795831092945UL, Seed.Of("atrocity-risk", 3));
        Assert.Equal(14955642334617040881UL, Seed.Of("MLI"));
    }

    [Fact]
    public void Of_ThingsThatDifferInOne_Differ()
    {
        ulong[] seeds = [Seed.Of("risk", 1), Seed.Of("risk", 2), Seed.Of("risks", 1), Seed.Of("ris", 1), Seed.Of("risk"), Seed.Of("risl")];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.InRange(System.Numerics.BitOperations.PopCount(seed ^ seeds[0]), seed == seeds[0] ? 0 : 16, 48));
    }
}
