using System.Runtime.Intrinsics;
using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class ElementaryTests
{
    private static readonly Gen<double> _positive = Gen.Frequency(
        (2, Gen.Double[0.5, 2]),
        (2, Gen.Double[1, 100]),
        (1, Gen.Select(Gen.Double[1, 2], Gen.Int[-1000, 1000], (m, e) => Math.ScaleB(m, e)))
    );

    [Fact]
    public void Log_AnyNumber_IsTheLibrarysToTheLastPlaces() =>
        _positive.Sample(
            x => Assert.Equal(Math.Log(x), Elementary.Log(x), 2.5e-16 * Math.Max(Math.Abs(Math.Log(x)), 1e-300)),
            iter: 20_000
        );

    [Fact]
    public void Exp_AnyNumber_IsTheLibrarysToTheLastPlaces() =>
        Gen.Double[-708, 709].Sample(x => Assert.Equal(1, Elementary.Exp(x) / Math.Exp(x), 4.5e-16), iter: 20_000);

    [Fact]
    public void Exp_BeyondItsRange_StaysFinite()
    {
        Assert.Equal(Elementary.Exp(709), Elementary.Exp(5000));
        Assert.Equal(Elementary.Exp(-708), Elementary.Exp(-5000));
        Assert.Equal((1, 0), (Elementary.Exp(0), Elementary.Log(1)));
    }

    [Fact]
    public void LogAndExp_AnyVector_AreTheScalarsBits() =>
        _positive
            .Array[8]
            .Sample(numbers =>
            {
                var vector = Vector512.LoadUnsafe(ref numbers[0]);
                var (log, exp) = (Elementary.Log(vector), Elementary.Exp(Elementary.Log(vector)));
                for (var lane = 0; lane < 8; lane++)
                {
                    Assert.Equal(ScalarLane.Log(numbers[lane]), log[lane]);
                    Assert.Equal(ScalarLane.Exp(log[lane]), exp[lane]);
                }
            });
}
