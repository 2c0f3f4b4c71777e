namespace EarlyWarning.Risk.Tests.Countries;

public sealed class CountriesTests
{
    [Fact]
    public void For_AnExercise_KnowsFictionalCountriesAlone()
    {
        var exercise = Contracts.Countries.Countries.For(exercise: true);
        Assert.Equal((26 * 26) - 1, exercise.List.Count);
        Assert.True(exercise.TryGet("XAA", out _));
        Assert.False(exercise.TryGet("XKX", out _));
        Assert.False(exercise.TryGet("FRA", out _));
        Assert.Empty(exercise.List.Select(country => country.Code).Intersect(Contracts.Countries.Countries.All.Select(country => country.Code)));
    }

    [Theory]
    [InlineData(305, "AUT")]
    [InlineData(349, "SVN")]
    [InlineData(365, "RUS")]
    [InlineData(345, "SRB")]
    [InlineData(265, "DDR")]
    [InlineData(678, "QYA")]
    [InlineData(679, "YEM")]
    [InlineData(816, "VNM")]
    [InlineData(817, "QVR")]
    public void TryGetByCowNumber_OfAState_IsTheOneThatContinuesIt(int number, string code)
    {
        Assert.True(Contracts.Countries.Countries.For(exercise: false).TryGetByCowNumber(number, out var country));
        Assert.Equal(code, country.Code);
    }

    [Theory]
    [InlineData("SRB", 345)]
    [InlineData("SCG", 0)]
    [InlineData("YUG", 0)]
    [InlineData("RUS", 365)]
    [InlineData("SUN", 0)]
    [InlineData("VNM", 816)]
    [InlineData("VDR", 0)]
    [InlineData("DDR", 265)]
    [InlineData("ABW", 0)]
    public void OwnCowNumber_OfStatesThatShareOne_IsThePresentOnes(string code, int number)
    {
        var world = Contracts.Countries.Countries.For(exercise: false);
        Assert.True(world.TryGet(code, out var country));
        Assert.Equal(number, world.OwnCowNumber(country));
    }

    [Fact]
    public void OwnCowNumber_OfTheWorld_IsGivenOnceEach()
    {
        var world = Contracts.Countries.Countries.For(exercise: false);
        var given = world.List.Select(world.OwnCowNumber).Where(number => number != 0).ToList();
        Assert.Equal(given.Distinct(), given);
        Assert.Equal(world.List.Select(country => country.CowNumber).Where(number => number != 0).Distinct().Order(), given.Order());
    }

    [Theory]
    [InlineData("SUN", "RUS")]
    [InlineData("CSK", "SVK")]
    [InlineData("YUG", "SCG")]
    [InlineData("SCG", "SRB")]
    [InlineData("VDR", "VNM")]
    [InlineData("QYA", "YEM")]
    [InlineData("DDR", "DEU")]
    public void Successors_OfAFormerState_HaveTheOneThatContinuesIt(string code, string successor)
    {
        var world = Contracts.Countries.Countries.For(exercise: false);
        Assert.True(world.TryGet(code, out var country));
        Assert.True(country.Former);
        Assert.Contains(successor, country.Successors);
    }

    [Fact]
    public void Successors_OfEveryFormerState_LeadToStatesThatExist()
    {
        var world = Contracts.Countries.Countries.For(exercise: false);
        foreach (var former in world.List.Where(country => country.Former))
        {
            var reached = former.Successors.ToList();
            while (reached.Find(code => world.TryGet(code, out var country) && country.Former) is { } again)
            {
                Assert.NotEqual(former.Code, again);
                reached.Remove(again);
                reached.AddRange(world.TryGet(again, out var country) ? country.Successors : []);
            }

            Assert.All(reached, code => Assert.True(world.TryGet(code, out _), $"{former.Code} → {code}"));
        }
    }
}
