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
    public void TryGetByCowNumber_OfAState_IsTheOneThatContinuesIt(int number, string code)
    {
        Assert.True(Contracts.Countries.Countries.For(exercise: false).TryGetByCowNumber(number, out var country));
        Assert.Equal(code, country.Code);
    }
}
