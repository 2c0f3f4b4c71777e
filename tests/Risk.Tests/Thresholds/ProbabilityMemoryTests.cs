using CsCheck;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>What is remembered of probabilities answers as the draws would, or not at all.</summary>
public sealed class ProbabilityMemoryTests
{
    private const int Leaves = 6;
    private static readonly Aggregation[] s_aggregations =
    [
        Aggregation.Arithmetic,
        Aggregation.Geometric,
        Aggregation.Harmonic,
        new MinimumChild(),
        new MaximumChild(),
        new MedianChild(),
    ];

    [Fact]
    public void Find_AnyState_AnswersAsTheDrawsWouldOrNotAtAll() =>
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var framework = Framework(random);
                    var below = random.Next(2) == 0;
                    var (condition, target) = (below ? V1.Condition.Below : V1.Condition.Above, new Target(framework.Root, -1));
                    var memory = new ProbabilityMemory(framework, target, condition);
                    var state = new ScoreState(framework, new ReferenceUnit("XAA"));
                    var least = 0.5 + (0.45 * random.NextDouble());
                    for (var step = 0; step < 60; step++)
                    {
                        Change(random, state);
                        var line = random.Next(4) == 0 ? 55 : 50;
                        if (state.Score is null)
                        {
                            continue;
                        }

                        var drawn = StateDistribution.Of(state, 1024);
                        if (memory.Find(state, line) is { } known)
                        {
                            Assert.Equal(Suffices(line), known);
                        }
                        else
                        {
                            memory.Add(state, line, Suffices);
                        }

                        bool Suffices(double at) =>
                            (below ? 1 - drawn.AtLeast(framework.Root, at) : drawn.AtLeast(framework.Root, at)) >= least;
                    }
                },
                iter: 60
            );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_OneSeriesOfAnArithmeticTree_IsDrawnAFewTimes(bool climbs)
    {
        var random = new Random(1);
        var framework = Framework(random, arithmetic: true);
        var memory = new ProbabilityMemory(framework, new Target(framework.Root, -1), V1.Condition.Above);
        var state = new ScoreState(framework, new ReferenceUnit("XAA"));
        for (var leaf = 1; leaf < Leaves; leaf++)
        {
            state.Set(leaf, 50, 5);
        }

        var drawn = 0;
        for (var i = 0; i < 2000; i++)
        {
            state.Set(0, climbs ? i / 20.0 : 100 * random.NextDouble(), 5);
            state.Update();
            if (memory.Find(state, 50) is null)
            {
                drawn++;
                var distribution = StateDistribution.Of(state, 1024);
                memory.Add(state, 50, line => distribution.AtLeast(framework.Root, line) >= 0.8);
            }
        }

        Assert.InRange(drawn, 1, 40);
    }

    private static void Change(Random random, ScoreState state)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var leaf = random.Next(Leaves);
            if (random.Next(10) == 0)
            {
                state.Clear(leaf);
            }
            else
            {
                var value = random.Next(2) == 0 ? random.Next(5) * 25 : 100 * random.NextDouble();
                state.Set(leaf, value, random.Next(3) == 0 ? random.Next(3) * 4 : null);
            }
        }

        state.Update();
    }

    private static CompiledFramework Framework(Random random, bool arithmetic = false)
    {
        return CompiledFramework.Compile(
            new CompositeFramework
            {
                Id = "memory",
                Version = 1,
                ScaleFloor = 1,
                Bands = [new Band("low", 0), new Band("high", 60)],
                Root = Branch("index", Branch("a", Leaf(0), Leaf(1), Leaf(2)), Branch("b", Leaf(3), Leaf(4)), Leaf(5)),
            }
        );

        Node Branch(string code, params Element[] children) =>
            new()
            {
                Code = code,
                Aggregation = arithmetic ? Aggregation.Arithmetic : s_aggregations[random.Next(s_aggregations.Length)],
                Direction = code != "index" && !arithmetic && random.Next(4) == 0 ? Direction.Lowers : Direction.Raises,
                Missing = new RenormaliseWeights(0),
                Children = [.. children],
            };

        Leaf Leaf(int number) =>
            new()
            {
                Code = $"i{number}",
                Weight = random.Next(1, 4),
                Direction = !arithmetic && random.Next(3) == 0 ? Direction.Lowers : Direction.Raises,
                Normalisation = new Goalposts(0, 100),
                ValidRange = new ValueRange(0, 100),
                DefaultError = random.Next(3) switch
                {
                    0 => new NormalError(5, 0.1),
                    1 => new NormalError(2, 0.5),
                    _ => new StepError(25, 0.2, 0.1),
                },
            };
    }
}
