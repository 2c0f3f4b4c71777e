using EarlyWarning.Catalogue.States;

namespace EarlyWarning.Catalogue.Tests.States;

public sealed class CountriesTests
{
    [Fact]
    public void For_AnExercise_KnowsFictionalCountriesAlone()
    {
        var exercise = Countries.For(exercise: true);
        Assert.Equal((26 * 26) - 1, exercise.List.Count);
        Assert.True(exercise.TryGet("XAA", out _));
        Assert.False(exercise.TryGet("XKX", out _));
        Assert.False(exercise.TryGet("FRA", out _));
        Assert.Empty(
            exercise.List.Select(country => country.Code).Intersect(Countries.For(exercise: false).List.Select(country => country.Code))
        );
    }

    [Theory]
    [InlineData(V1.CodeSystem.GleditschWard, "678", 2024, "YEM")]
    [InlineData(V1.CodeSystem.GleditschWard, "678", 1985, "QYA")]
    [InlineData(V1.CodeSystem.GleditschWard, "260", 2024, "DEU")]
    [InlineData(V1.CodeSystem.GleditschWard, "340", 2024, "SRB")]
    [InlineData(V1.CodeSystem.GleditschWard, "345", 1995, "YUG")]
    [InlineData(V1.CodeSystem.GleditschWard, "970", 2024, "KIR")]
    [InlineData(V1.CodeSystem.Cow, "970", 2024, "NRU")]
    [InlineData(V1.CodeSystem.Cow, "678", 2024, "")]
    [InlineData(V1.CodeSystem.Cow, "679", 2024, "YEM")]
    [InlineData(V1.CodeSystem.Cow, "255", 2024, "DEU")]
    [InlineData(V1.CodeSystem.Cow, "260", 1980, "DEU")]
    [InlineData(V1.CodeSystem.Cow, "260", 2024, "")]
    [InlineData(V1.CodeSystem.Cow, "345", 2024, "SRB")]
    [InlineData(V1.CodeSystem.Cow, "365", 1970, "SUN")]
    [InlineData(V1.CodeSystem.Cow, "365", 1900, "RUS")]
    [InlineData(V1.CodeSystem.M49, "891", 2004, "SCG")]
    [InlineData(V1.CodeSystem.M49, "891", 1995, "YUG")]
    [InlineData(V1.CodeSystem.Alpha2, "CS", 1980, "CSK")]
    [InlineData(V1.CodeSystem.Alpha2, "CS", 2004, "SCG")]
    public void Codes_OfAYear_AreThoseOfTheStateOfThatYear(V1.CodeSystem system, string value, int year, string expected)
    {
        var meant = Countries
            .For(exercise: false)
            .List.Where(country =>
                country.ExistedIn(year)
                && country.Codes.Any(code => code.System == system && code.Value == value && code.Years.Contains(year))
            );

        Assert.Equal(expected, string.Join(' ', meant.Select(country => country.Code)));
    }

    [Fact]
    public void Codes_OfAnyYear_MeanOneCountryButInTheYearOfAChange()
    {
        foreach (var year in Enumerable.Range(1789, 240))
        {
            var then = Countries.For(exercise: false).List.Where(country => country.ExistedIn(year)).ToList();
            var shared = then.SelectMany(country =>
                    country
                        .Codes.Where(code => code.System != V1.CodeSystem.Name && code.Years.Contains(year))
                        .Select(code => (code.System, code.Value, Country: country))
                )
                .GroupBy(code => (code.System, code.Value))
                .Where(code => code.Count() > 1);

            Assert.All(shared, code =>
                Assert.True(
                    code.Count(one => !one.Country.Years.Any(span => span.Last == year)) <= 1,
                    $"{code.Key} in {year}: {string.Join(' ', code.Select(one => one.Country.Code))}"
                )
            );
        }
    }

    [Fact]
    public void Years_OfEveryCountry_RiseAndEndForFormerStatesAlone() => Assert.All(Countries.For(exercise: false).List, country =>
        {
            Assert.All(country.Years, span => Assert.True(span.First < span.Last));
            Assert.All(country.Years.Zip(country.Years.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First));
            Assert.Equal(country.Former, !country.ExistedIn(2026));
        });

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
        var world = Countries.For(exercise: false);
        Assert.True(world.TryGet(code, out var country));
        Assert.True(country.Former);
        Assert.Contains(successor, country.Successors);
    }

    [Fact]
    public void Successors_OfEveryFormerState_LeadToStatesThatExist()
    {
        var world = Countries.For(exercise: false);
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
