using System.Globalization;

namespace EarlyWarning.Risk.Explaining;

/// <summary>What a figure is of, and how people read it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Scale">What it is measured on.</param>
/// <param name="Unit">The unit of an indicator; empty where it has none.</param>
internal sealed record Quantity(string Name, Scale Scale, string Unit = "")
{
    /// <summary>What a reader must not take the figure for; nothing where it is what somebody observed.</summary>
    public string Caution =>
        Scale switch
        {
            Scale.Hundred => " A risk score, not a finding.",
            Scale.Probability => " A model's estimate, not a finding.",
            _ => "",
        };

    /// <summary>A value with what it is measured on: 63 of 100, 6.4 %, 1200 persons.</summary>
    public string Of(double? value) => value is { } figure ? Suffixed(Bare(figure)) : "no value";

    /// <summary>
    /// A value beside a line that it is past or not: as whole as can be without putting it on the line's other side, so that nobody reads
    /// "60, under 60".
    /// </summary>
    public string Beside(double value, double line)
    {
        var text = Bare(value);
        for (var decimals = 1; decimals <= 4 && Scale != Scale.Indicator && value != line && text == Bare(line); decimals++)
        {
            text = Rounded(value, decimals);
        }

        return Suffixed(text);
    }

    /// <summary>A value without what it is measured on.</summary>
    public string Bare(double value) =>
        Scale switch
        {
            // A threshold between two whole numbers is shown as it was set.
            Scale.Hundred => Rounded(value, 0),
            Scale.Probability => Math.Abs(value) < 0.1 ? Rounded(value, 1) : Rounded(value, 0),
            _ => NumberText.Of(value),
        };

    /// <summary>A line as it was set.</summary>
    public string Line(double value) =>
        Scale switch
        {
            Scale.Probability => (value * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %",
            Scale.Hundred => value.ToString("0.##", CultureInfo.InvariantCulture),
            _ => NumberText.Of(value),
        };

    /// <summary>A change, in points of the scale.</summary>
    public string Change(double amount)
    {
        var points = Scale == Scale.Probability ? amount * 100 : amount;
        var text =
            Math.Abs(points) < 1
                ? points.ToString("0.#", CultureInfo.InvariantCulture)
                : points.ToString("0", CultureInfo.InvariantCulture);
        return Scale == Scale.Indicator ? NumberText.Signed(amount)
            : text is "0" or "-0" ? "under 0.1"
            : (points > 0 ? "+" : "") + text;
    }

    private string Rounded(double value, int decimals) =>
        (Scale == Scale.Probability ? value * 100 : value).ToString(
            "F" + decimals.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        )
            is var text
        && text.StartsWith("-0", StringComparison.Ordinal)
        && double.Parse(text, CultureInfo.InvariantCulture) == 0
            ? text[1..]
            : text;

    private string Suffixed(string text) =>
        Scale switch
        {
            Scale.Hundred => text + " of 100",
            Scale.Probability => text + " %",
            _ => Unit.Length > 0 ? $"{text} {Unit}" : text,
        };
}

/// <summary>What a figure is measured on.</summary>
internal enum Scale
{
    /// <summary>0 to 100, of a composite index.</summary>
    Hundred,

    /// <summary>0 to 1, of a model; read in per cent.</summary>
    Probability,

    /// <summary>An indicator's own values.</summary>
    Indicator,
}
