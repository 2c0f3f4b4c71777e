using System.Diagnostics;
using System.Globalization;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>The same bits whatever computes them.</summary>
public class DeterminismTests
{
    private static readonly MonteCarloOptions _options = new()
    {
        Draws = 1_000,
        Seed = 2026,
        Weights = [new UniformWeightNoise(2, 0.2), new DirichletWeightNoise(1, 30)],
        Choices = [new("aggregation", [MethodOption.AsIs(), MethodOption.OfTree("geometric", Geometric)])],
    };

    [Fact]
    public void Run_OneThreadOrEight_IsTheSameBits()
    {
        var one = Checksum(_options with { Threads = 1 });

        Assert.Equal(one, Checksum(_options with { Threads = 8 }));
        Assert.NotEqual(one, Checksum(_options with { Seed = 2027 }));
    }

    /// <summary>
    /// Seeds stand in journals, so what they mean may never change: neither by another version of this code nor by a machine without
    /// vectors, on which <see cref="Run_WithoutVectors_IsTheSameBits"/> runs this test once more.
    /// </summary>
    [Fact]
    public void Run_FixedSeed_IsTheSameBitsForEver() =>
        Assert.Equal(
            "fa7261467eca6ef8",
            Checksum(_options with { Draws = 300, Threads = 2 }).ToString("x16", CultureInfo.InvariantCulture)
        );

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableAVX512")]
    public async Task Run_WithoutVectors_IsTheSameBits(string setting)
    {
        // The tests are a program of their own, or are run by dotnet.
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? ["exec", typeof(DeterminismTests).Assembly.Location] : [];
        var test = $"{typeof(DeterminismTests).FullName}.{nameof(Run_FixedSeed_IsTheSameBitsForEver)}";
        var start = new ProcessStartInfo(program, [.. host, "-method", test])
        {
            Environment = { [setting] = "0" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;

        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_OneLaneAtATime_IsTheVectorsBits()
    {
        // index = (2·a + 1·√(b·c)) / 3, written down without a vector, fused where the blocks are and in their order.
        var posts = new Goalposts(0, 50);
        var factor = Node("f", new RenormaliseWeights(0), Leaf("b"), Leaf("c")) with { Aggregation = Aggregation.Geometric };
        var model = Framework(Node("index", new RenormaliseWeights(0), Leaf("a", 2, Direction.Lowers, posts), factor), 1);
        var country = Country("XXX", ("a", 20, 3), ("b", 35, 40), ("c", 60, 4));
        var options = new MonteCarloOptions { Draws = 500, Seed = 5 };

        var scores = Of(CompiledFramework.Compile(model), options, country)[0];

        for (var draw = 0; draw < scores.Length; draw++)
        {
            var a = Line(0, draw, 100 - (99 * (20.0 / 50)), -99 * 3.0 / 50);
            var b = ScalarLane.Log(Line(1, draw, 1 + (99 * (35.0 / 100)), 99 * 40.0 / 100));
            var c = ScalarLane.Log(Line(2, draw, 1 + (99 * (60.0 / 100)), 99 * 4.0 / 100));
            var f = Math.Clamp(ScalarLane.Exp((b + c) / 2), 1, 100);
            Assert.Equal(((2 * a) + f) / 3, scores[draw]);
        }

        double Line(int source, int draw, double offset, double slope) =>
            Math.Clamp(Math.FusedMultiplyAdd(slope, ScalarLane.Normal(Share(options, "XXX", source, draw)), offset), 1, 100);
    }

    [Fact]
    public void Run_CountryAloneOrAmongOthers_HasTheSameDistribution()
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All["arithmetic"]);
        var alone = MonteCarlo.Run(framework, [Countries[1]], _options).Countries[0];

        var among = MonteCarlo.Run(framework, [.. Countries], _options).Countries[1];

        Assert.Equal(alone with { Rank = null, Levels = [], AtLeast = [] }, among with { Rank = null, Levels = [], AtLeast = [] });
        Assert.Equal(alone.Levels, among.Levels.AsEnumerable());
    }

    [Fact]
    public void Run_MoreDraws_BeginWithTheSame()
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All["geometric"]);

        var few = Of(framework, _options with { Draws = 100 }, Countries[0])[0];

        Assert.Equal(few, Of(framework, _options with { Draws = 700 }, Countries[0])[0][..100]);
    }

    private static CountryValues[] Countries { get; } =
    [
        .. Enumerable
            .Range(0, 4)
            .Select(number =>
                Country(
                    $"C{number}",
                    [
                        .. MixedFrameworks
                            .Values.Skip(number % 2)
                            .Select(reading => (reading.Indicator, reading.Value + number, 0.1 * reading.Value)),
                    ]
                )
            ),
    ];

    /// <summary>The bits of every score and of what is made of them, one after the other.</summary>
    private static ulong Checksum(MonteCarloOptions options)
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All["arithmetic"]);
        var hash = 14695981039346656037;
        foreach (var score in Of(framework, options, Countries).SelectMany(scores => scores))
            Add(score);
        foreach (var country in MonteCarlo.Run(framework, [.. Countries], options).Countries)
        {
            Add(country.Mean);
            Add(country.StandardDeviation);
            Add(country.Low);
            Add(country.High);
            Add(country.Rank!.Mean);
        }

        return hash;

        void Add(double number) => hash = (hash ^ BitConverter.DoubleToUInt64Bits(number)) * 1099511628211;
    }
}
