using CsCheck;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Frozen functions, and how they are joined.</summary>
public class TransformTests
{
    private static readonly double[] _values = [1, 2, 2, 4, 9];

    [Fact]
    public void Resolve_PlainLine_IsRecognisable()
    {
        var line = Assert.IsType<LinearTransform>(TransformOf(One(_values, new Goalposts(2, 12), Direction.Lowers, scaleFloor: 10)));

        Assert.Equal((2, 10, 100, -90, true), (line.Origin, line.Width, line.Start, line.Span, line.Capped));
        Assert.IsType<LinearTransform>(TransformOf(One(_values, new ZScore())));
        Assert.IsType<LinearTransform>(TransformOf(One(_values, new MinMax(), treatment: new SkewDriven())));
    }

    [Fact]
    public void Resolve_WinsorisedLine_IsAClippedLine()
    {
        // The one outlier takes the value next to it, 4.
        var framework = One([1, 2, 2, 4, 3, 2, 3, 100], new MinMax(), treatment: new Winsorisation(1));

        var clipped = Assert.IsType<ClippedLinearTransform>(TransformOf(framework));

        Assert.Equal((double.NegativeInfinity, 4), (clipped.Clip.Low, clipped.Clip.High));
        Assert.Equal((1, 3), (clipped.Line.Origin, clipped.Line.Width));
        Assert.Equal(100, clipped.Apply(4000), 1e-12);
    }

    [Fact]
    public void Of_AnyTwo_IsTheOneAfterTheOther() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 5], Gen.Double[-9, 9], Gen.Int[0, 3])
            .Sample(
                (low, width, value, kind) =>
                {
                    var clip = new ClipTransform(low, low + width);
                    Transform second = kind switch
                    {
                        0 => new LinearTransform(1, 2, 3, -4, capped: false),
                        1 => new ClipTransform(-1, 2),
                        2 => new ClippedLinearTransform(new ClipTransform(-1, 2), new LinearTransform(1, 2, 3, 4, capped: true)),
                        _ => new LogisticTransform(0, 1, 0, 1),
                    };

                    var joined = ChainTransform.Of(clip, second);

                    Assert.Equal(second.Apply(clip.Apply(value)), joined.Apply(value));
                    Assert.InRange(joined.Apply(value), joined.Low, joined.High);
                    Assert.Same(second, ChainTransform.Of(null, second));
                }
            );
}
