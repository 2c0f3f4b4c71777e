using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Comparing;

public sealed class RebasingTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task RebaseFramework_ValidateOnly_ComparesAndKeepsNothing()
    {
        house.World.Put(Percentiles("frameworks/dry"));

        var answer = await house.Api.RebaseFramework(new() { Name = "frameworks/dry", ValidateOnly = true }, _call);

        Assert.Equal("frameworks/dry/versions/2", answer.Framework.Name);
        Assert.Equal(1, house.World.Current.Frameworks["dry"].Version);
        Assert.Equal(5, answer.Difference.Countries.Count);
        Assert.Equal(("frameworks/dry/versions/1", 5), (answer.Computation.Framework, answer.Computation.CountryCount));
        Assert.Equal(house.World.Current.Revision, answer.Computation.CatalogueRevision);
    }

    [Fact]
    public async Task RebaseFramework_Now_TakesTheCountriesOfNowAndIsExplained()
    {
        house.World.Put(Percentiles("frameworks/rebased"));

        var answer = await house.Api.RebaseFramework(new() { Name = "frameworks/rebased", Description = "After the new survey." }, _call);

        var set = answer.Framework.Composite.ReferenceSet;
        Assert.Equal(2, house.World.Current.Frameworks["rebased"].Version);
        Assert.Equal(("After the new survey.", Samples.Now.Stamp()), (set.Description, set.At));
        Assert.Equal(["XAA", "XAB", "XAC", "XAD", "XAE"], set.Units.Select(unit => unit.Code));
        Assert.Equal([80, 20, 55, 5, 95], set.Columns.Single(column => column.Indicator == "killings").Values);
        Assert.True(double.IsNaN(set.Columns.Single(column => column.Indicator == "threats").Values[4]));

        // With XAE in the set, its 95 is no longer beyond it: XAA's killings fall from the top of four to the fourth of five.
        var shift = answer.Difference.Countries.Single(country => country.Country == "XAA");
        Assert.True(shift.ScoreAfter < shift.ScoreBefore);
    }

    [Fact]
    public async Task RebaseFramework_BadRequests_AreRefused()
    {
        await Refused.AtAsync("name", "INVALID_FIELD", () => house.Api.RebaseFramework(new() { Name = Samples.Model }, _call));
        await Refused.AtAsync("name", "INVALID_FIELD", () =>
            house.Api.RebaseFramework(new() { Name = $"{Samples.Index}/versions/1" }, _call)
        );
        await Refused.AtAsync("countries[0]", "UNKNOWN_COUNTRY", () =>
            house.Api.RebaseFramework(new() { Name = Samples.Index, Countries = { "ZZZ" } }, _call)
        );
        await Refused.WithAsync(Grpc.Core.StatusCode.FailedPrecondition, "INSUFFICIENT_DATA", () =>
            house.Api.RebaseFramework(new() { Name = Samples.Index, At = Samples.Start.AddYears(-1).Stamp() }, _call)
        );
    }

    private static V1.Framework Percentiles(string name) => Samples.Small(name, Samples.Reference(), model =>
        {
            foreach (
                var leaf in new[]
                {
                    model.Root.Children[0].Children[0],
                    model.Root.Children[0].Children[1],
                    model.Root.Children[1].Children[0],
                }
            )
            {
                leaf.Leaf.Normalisation = new() { PercentileRank = new() };
            }
        });
}
