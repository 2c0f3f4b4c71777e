using System.Globalization;
using System.Net;
using System.Text;

namespace EarlyWarning.Driver.Reports;

/// <summary>Lines over a common axis, as SVG that takes its colours from the page.</summary>
internal sealed record LineChart(string Title, string AxisX, string AxisY, IReadOnlyList<ChartLine> Lines)
{
    private const int Width = 720;
    private const int Height = 260;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 12;
    private const int Bottom = 40;

    /// <summary>The values are shown by powers of ten.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where measuring begins, on the horizontal axis.</summary>
    public double? MeasuredFrom { get; init; }

    /// <summary>Places on the horizontal axis and what stands at them; without them even steps.</summary>
    public IReadOnlyList<(double At, string Label)>? TicksX { get; init; }

    public string Draw()
    {
        var points = Lines.SelectMany(line => line.Points).ToList();
        if (points.Count == 0)
        {
            return "";
        }

        var (left, right) = (points.Min(point => point.X), Math.Max(points.Max(point => point.X), points.Min(point => point.X) + 1e-9));
        var scale = IsLogarithmic ? Scale.Logarithmic(points.Select(point => point.Y)) : Scale.Linear(points.Select(point => point.Y));
        var svg = new StringBuilder();
        var title = WebUtility.HtmlEncode(Title);
        Add(svg, $"""<figure><figcaption>{title}</figcaption><svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">""");
        if (MeasuredFrom is { } from && from > left)
        {
            var width = X(Math.Min(from, right)) - Left;
            Add(svg, $"""<rect class="warm" x="{Left}" y="{Top}" width="{width:0.#}" height="{Height - Top - Bottom}"/>""");
        }

        foreach (var tick in scale.Ticks)
        {
            Add(svg, $"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{Y(tick):0.#}" y2="{Y(tick):0.#}"/>""");
            Add(svg, $"""<text x="{Left - 6}" y="{Y(tick) + 4:0.#}" text-anchor="end">{Number(tick)}</text>""");
        }

        foreach (var (at, label) in TicksX ?? Even(left, right))
        {
            Add(svg, $"""<text x="{X(at):0.#}" y="{Height - Bottom + 16}" text-anchor="middle">{label}</text>""");
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            foreach (var part in Lines[i].Parts(point => !IsLogarithmic || point.Y > 0))
            {
                var path = string.Join(' ', part.Select(point => $"{X(point.X):0.##},{Y(point.Y):0.##}"));
                Add(svg, $"""<polyline class="line c{i % 6}" points="{path}"/>""");
            }
        }

        var (across, down) = ((Left + Width - Right) / 2, (Top + Height - Bottom) / 2);
        Add(svg, $"""<text x="{across}" y="{Height - 4}" text-anchor="middle">{WebUtility.HtmlEncode(AxisX)}</text>""");
        Add(
            svg,
            $"""<text transform="translate(12 {down}) rotate(-90)" text-anchor="middle">{WebUtility.HtmlEncode(AxisY)}</text></svg>"""
        );
        Add(svg, """<p class="key">""");
        for (var i = 0; i < Lines.Count; i++)
        {
            Add(svg, $"""<span><i class="c{i % 6}"></i>{WebUtility.HtmlEncode(Lines[i].Name)}</span> """);
        }

        return svg.Append("</p></figure>").ToString();

        double X(double x) => Left + ((x - left) / (right - left) * (Width - Left - Right));

        double Y(double y) => Height - Bottom - (scale.Place(y) * (Height - Top - Bottom));
    }

    private static void Add(StringBuilder svg, string text) => svg.Append(text);

    private static IEnumerable<(double At, string Label)> Even(double left, double right)
    {
        var step = Scale.Step((right - left) / 8);
        for (var at = Math.Ceiling(left / step) * step; at <= right; at += step)
        {
            yield return (at, Number(at));
        }
    }

    private static string Number(double value) =>
        value switch
        {
            >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
            >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k",
            _ => value.ToString("0.###", CultureInfo.InvariantCulture),
        };
}

/// <summary>A line of a chart; a place that is not a number interrupts it.</summary>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Its unbroken parts of those points that can be shown.</summary>
    public IEnumerable<List<(double X, double Y)>> Parts(Func<(double X, double Y), bool> isShown)
    {
        List<(double X, double Y)> part = [];
        foreach (var point in Points)
        {
            if (isShown(point))
            {
                part.Add(point);
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}

/// <summary>A vertical axis: where a value stands from 0 to 1, and which values are marked.</summary>
internal sealed record Scale(Func<double, double> Place, IReadOnlyList<double> Ticks)
{
    private static readonly double[] s_steps = [1, 2, 5, 10];

    /// <summary>From 0 to the highest.</summary>
    public static Scale Linear(IEnumerable<double> values)
    {
        var step = Step(Math.Max(values.Max(), 1e-9) / 4);
        var top = Math.Max(step, Math.Ceiling(values.Max() / step) * step);
        return new(value => value / top, [.. Enumerable.Range(0, (int)Math.Round(top / step) + 1).Select(i => i * step)]);
    }

    /// <summary>By whole powers of ten around all that is above 0.</summary>
    public static Scale Logarithmic(IEnumerable<double> values)
    {
        var above = values.Where(value => value > 0).DefaultIfEmpty(1).ToList();
        var (low, high) = (Math.Floor(Math.Log10(above.Min())), Math.Ceiling(Math.Log10(above.Max())));
        high = Math.Max(high, low + 1);
        return new(
            value => (Math.Log10(Math.Max(value, Math.Pow(10, low))) - low) / (high - low),
            [.. Enumerable.Range(0, (int)(high - low) + 1).Select(i => Math.Pow(10, low + i))]
        );
    }

    /// <summary>1, 2 or 5 times a power of ten, at least as much as asked for.</summary>
    public static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return s_steps.Select(times => times * power).First(step => step >= least * 0.9999);
    }
}
