using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <content>The rational approximations of the tails.</content>
internal static partial class NormalQuantile
{
    private static Vector512<double> Tail(Vector512<double> share)
    {
        var upper = Vector512.Create(1.0) - share;
        var isLower = Vector512.LessThan(share, upper);
        var r = Vector512.Sqrt(-Elementary.Log(Vector512.ConditionalSelect(isLower, share, upper)));
        var isFar = Vector512.GreaterThan(r, Vector512.Create(5.0));
        var z = Near(r - Vector512.Create(1.6));
        if (isFar != Vector512<double>.Zero)
            z = Vector512.ConditionalSelect(isFar, Far(r - Vector512.Create(5.0)), z);
        return Vector512.ConditionalSelect(isLower, -z, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Near(Vector512<double> r)
    {
        var above = Step(
            Step(
                Step(
                    Step(
                        Step(
                            Step(Step(Vector512.Create(7.7454501427834140764e-4), r, 0.0227238449892691845833), r, 0.24178072517745061177),
                            r,
                            1.27045825245236838258
                        ),
                        r,
                        3.64784832476320460504
                    ),
                    r,
                    5.7694972214606914055
                ),
                r,
                4.6303378461565452959
            ),
            r,
            1.42343711074968357734
        );
        var below = Step(
            Step(
                Step(
                    Step(
                        Step(
                            Step(
                                Step(Vector512.Create(1.05075007164441684324e-9), r, 5.475938084995344946e-4),
                                r,
                                0.0151986665636164571966
                            ),
                            r,
                            0.14810397642748007459
                        ),
                        r,
                        0.68976733498510000455
                    ),
                    r,
                    1.6763848301838038494
                ),
                r,
                2.05319162663775882187
            ),
            r,
            1
        );
        return above / below;
    }

    private static Vector512<double> Far(Vector512<double> r)
    {
        var above = Step(
            Step(
                Step(
                    Step(
                        Step(
                            Step(
                                Step(Vector512.Create(2.01033439929228813265e-7), r, 2.71155556874348757815e-5),
                                r,
                                0.0012426609473880784386
                            ),
                            r,
                            0.026532189526576123093
                        ),
                        r,
                        0.29656057182850489123
                    ),
                    r,
                    1.7848265399172913358
                ),
                r,
                5.4637849111641143699
            ),
            r,
            6.6579046435011037772
        );
        var below = Step(
            Step(
                Step(
                    Step(
                        Step(
                            Step(
                                Step(Vector512.Create(2.04426310338993978564e-15), r, 1.4215117583164458887e-7),
                                r,
                                1.8463183175100546818e-5
                            ),
                            r,
                            7.868691311456132591e-4
                        ),
                        r,
                        0.0148753612908506148525
                    ),
                    r,
                    0.13692988092273580531
                ),
                r,
                0.59983220655588793769
            ),
            r,
            1
        );
        return above / below;
    }
}
