using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr.Methods;

/// <summary>
/// How outliers are treated: a method, or two with a plus, tried where skewness and kurtosis ask for it; with a ! always.
/// </summary>
internal static class TreatMethod
{
    public const string Known =
        "none, default (winsorise:5+log), winsorise[:POINTS], log[:shifted|plus|orig|gii], boxcox:LAMBDA; two with a plus; a ! behind "
        + "one makes it always";

    public static Treatment? Parse(string option, string text, ShapeTest? test, bool combine)
    {
        if (text == "none")
        {
            return null;
        }

        if (text.EndsWith('!'))
        {
            var always = Single(option, text[..^1], test);
            if (always.MethodCase == Treatment.MethodOneofCase.Winsorise)
            {
                always.Winsorise.Always = true;
            }

            return always;
        }

        var course = new SkewDriven { Combine = combine };
        if (test is not null)
        {
            course.Test = test.Clone();
        }

        switch (text == "default" ? [] : text.Split('+'))
        {
            case []:
                course.First = test is null ? null : Single(option, "winsorise", test);
                break;
            case [var first]:
                course.First = Single(option, first, test);
                course.FirstOnly = true;
                break;
            case [var first, var second]:
                course.First = Single(option, first, test);
                course.Second = Single(option, second, test);
                break;
            default:
                throw new CliException($"{option}: '{text}' has more than two treatments.");
        }

        return new() { SkewDriven = course };
    }

    private static Treatment Single(string option, string text, ShapeTest? test)
    {
        var method = new MethodText(option, text);
        return (method.Name, method.Parameters) switch
        {
            ("winsorise", []) => new() { Winsorise = new() { Test = test?.Clone() } },
            ("winsorise", [var points])
                when int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 => new()
            {
                Winsorise = new() { MaximumPoints = most, Test = test?.Clone() },
            },
            ("log", [] or ["shifted"]) => new() { Log = new() { Form = LogForm.Shifted } },
            ("log", ["plus"]) => new() { Log = new() { Form = LogForm.ShiftedBySkew } },
            ("log", ["orig"]) => new() { Log = new() { Form = LogForm.ShiftedByOne } },
            ("log", ["gii"]) => new() { Log = new() { Form = LogForm.InnovationIndex } },
            ("boxcox", [_]) => new() { BoxCox = new() { Lambda = method.Numbers(1)[0] } },
            _ => throw method.Unknown(Known),
        };
    }
}
