using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>Each draw beside the same draw made by setting a state's values: the blocks must compute what the engine computes.</summary>
public class DrawTests
{
    private static readonly MonteCarloOptions _options = new() { Draws = 200, Seed = 17 };

    public static TheoryData<string> Names => [.. MixedFrameworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_ErrorsOfEveryObservation_AreTheEnginesScores(string name)
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All[name]);
        var country = Country(
            "XXX",
            [.. MixedFrameworks.Values.Select(reading => (reading.Indicator, reading.Value, 0.15 * reading.Value))]
        );

        var scores = Of(framework, _options, country)[0];

        for (var draw = 0; draw < scores.Length; draw++)
            Close(Redraw(framework, framework, country, _options, draw).Score, scores[draw]);
        Assert.True(scores.Distinct().Count() > 3);
    }

    [Fact]
    public void Draw_CountryOfTheReferenceSet_DoesNotMeetItself()
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All["copeland"]);
        var country = Country("U3", [.. MixedFrameworks.Values.Select(reading => (reading.Indicator, reading.Value, 9.0))]);

        var scores = Of(framework, _options, country)[0];

        for (var draw = 0; draw < scores.Length; draw++)
            Close(Redraw(framework, framework, country, _options, draw).Score, scores[draw]);
    }

    /// <summary>Imputed values err on their own, so countries with any are left to another test.</summary>
    [Fact]
    public void Draw_AnyFrameworkAndGaps_IsTheEnginesScoreWithTheGapsDrawn() =>
        Generators
            .Cases(Generators.Any)
            .Where(HasNothingImputed)
            .Sample(
                example =>
                {
                    var country = CountryValues.Of(example.Country?.Code ?? "XXX", example.Play());
                    var nominal = country.Under(example.Compiled);
                    if (!CanDrawGaps(nominal))
                        return;
                    var options = _options with { Draws = 20, Missing = MissingDraw.Uniform };
                    var scores = Of(example.Compiled, options, country)[0];
                    for (var draw = 0; draw < scores.Length; draw++)
                    {
                        var expected = nominal.Score is null
                            ? null
                            : Redraw(example.Compiled, example.Compiled, country, options, draw).Score;
                        Close(expected, scores[draw]);
                    }
                },
                iter: 300
            );

    [Fact]
    public void Draw_NothingUnsure_IsThePointScoreToTheLastBit() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                example =>
                {
                    var state = new Case(example.Model, [.. example.Steps.Select(step => step with { ErrorShare = 0 })]).Play();
                    if (
                        Enumerable
                            .Range(0, state.Framework.ScoredLeafCount)
                            .Any(leaf => state.LeafInput(leaf) is null || state.IsImputed(leaf))
                    )
                        return;
                    var scores = Of(example.Compiled, _options, CountryValues.Of(example.Country?.Code ?? "XXX", state))[0];

                    Assert.All(scores, score => Assert.Equal(state.Score ?? double.NaN, score));
                },
                iter: 200
            );

    [Theory]
    [InlineData("arithmetic")]
    [InlineData("geometric")]
    [InlineData("median")]
    public void Draw_NoisyWeights_AreThoseOfAFrameworkWithOtherWeights(string name)
    {
        var model = (CompositeFramework)MixedFrameworks.All[name];
        var framework = CompiledFramework.Compile(model);
        var country = Country("XXX", [.. MixedFrameworks.Values.Select(reading => (reading.Indicator, reading.Value, 0.0))]);
        string[] elements = ["a", "b", "c", "d", "e", "f1", "f2", "f"];
        var options = _options with { Weights = [new UniformWeightNoise(1, 0.5), new UniformWeightNoise(2, 0.2)] };

        var scores = Of(framework, options, country)[0];

        for (var draw = 0; draw < 30; draw++)
        {
            var other = model.Edit(
                (element, level) =>
                    level > 2
                        ? element
                        : element with
                        {
                            Weight = element.Weight * (1 + ((level == 1 ? 0.5 : 0.2) * ((2 * WeightShare(element.Code, draw)) - 1))),
                        }
            );
            Close(country.Under(CompiledFramework.Compile(other)).Score, scores[draw]);
        }

        double WeightShare(string code, int draw) =>
            new RandomStream(options.Seed, (uint)Array.IndexOf(elements, code), 0, Purpose.Weights).At(draw);
    }

    [Fact]
    public void Draw_ChoicesOfMethod_AreTheChosenFrameworks()
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All["arithmetic"]);
        var country = Country("XXX", [.. MixedFrameworks.Values.Select(reading => (reading.Indicator, reading.Value, 5.0))]);
        var options = _options with
        {
            Choices =
            [
                new("aggregation", [MethodOption.AsIs(), MethodOption.OfTree("geometric", Geometric)]),
                new("indicators", [MethodOption.AsIs() with { Weight = 2 }, MethodOption.OfTree("without e", tree => tree.Without("e"))]),
            ],
        };

        var scores = Of(framework, options, country)[0];

        for (var draw = 0; draw < scores.Length; draw++)
        {
            var model = framework.Model;
            if (ChoiceShare(0, draw) >= 0.5)
                model = options.Choices[0].Options[1].Apply(model);
            if (ChoiceShare(1, draw) >= 2.0 / 3)
                model = options.Choices[1].Options[1].Apply(model);
            Close(Redraw(CompiledFramework.Compile(model), framework, country, options, draw).Score, scores[draw]);
        }

        double ChoiceShare(int choice, int draw) => new RandomStream(options.Seed, (uint)choice, 0, Purpose.Choices).At(draw);
    }

    [Fact]
    public void Draw_ReferenceSet_GivesMissingValues()
    {
        // b is one of the set's values: 20, 60, 40, 35, 80 or 65, in place u · 6 of its rows.
        var model = Framework(Node("index", new RenormaliseWeights(0), Leaf("a"), Leaf("b"))) with
        {
            Reference = MixedFrameworks.Reference,
        };
        var options = _options with { Missing = MissingDraw.Reference };

        var scores = Of(CompiledFramework.Compile(model), options, Country("XXX", ("a", 50, 0)))[0];

        double[] column = [20, 60, 40, 35, 80, 65];
        for (var draw = 0; draw < scores.Length; draw++)
            Close((50 + column[(int)(6 * Share(options, "XXX", 1, draw))]) / 2, scores[draw]);
    }

    [Fact]
    public void Draw_ImputedValue_ErrsAsTheImputationSays()
    {
        // The mean of b over the set is 50 and its standard deviation √480: the error of a mean put in one value's place.
        var leaf = Leaf("b", normalisation: new Goalposts(-1000, 1000)) with { Imputation = new CentralValue() };
        var root = Node("index", new RenormaliseWeights(0), Leaf("a"), leaf);
        var model = Framework(root) with { Reference = MixedFrameworks.Reference };
        var framework = CompiledFramework.Compile(model);
        var country = Country("XXX", ("a", 50, 0));
        var error = country.Under(framework).ImputedOf(1, 50).Deviation;
        var options = _options;

        var scores = Of(framework, options, country)[0];

        Assert.True(error > 0);
        for (var draw = 0; draw < scores.Length; draw++)
            Close((100 + ((50 + (error * ScalarLane.Normal(Share(options, "XXX", 1, draw)))) / 20)) / 2, scores[draw]);
    }

    private static bool HasNothingImputed(Case example)
    {
        var state = example.Play();
        return !Enumerable.Range(0, state.Framework.LeafCount).Any(state.IsImputed);
    }

    /// <summary>
    /// Whether the values that a missing leaf may have are known to the test: those between its goalposts or in its range.
    /// </summary>
    private static bool CanDrawGaps(ScoreState state) =>
        Enumerable
            .Range(0, state.Framework.ScoredLeafCount)
            .All(leaf =>
                state.LeafInput(leaf) is not null
                || AnyValue(state.Framework.Model, state.Framework.Leaves[leaf].Indicator, 0.5) is not null
            );

    private static void Close(double? expected, double actual) =>
        Assert.Equal(expected ?? double.NaN, actual, 1e-9 * Math.Max(1, Math.Abs(expected ?? 1)));
}
