namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>One transform after the other: a treatment and a normalisation.</summary>
internal sealed class ChainTransform : Transform
{
    private ChainTransform(Transform first, Transform second)
    {
        First = first;
        Second = second;
        var (low, high) = (second.Apply(first.Low), second.Apply(first.High));
        Low = second is BandTransform ? second.Low : Math.Min(low, high);
        High = second is BandTransform ? second.High : Math.Max(low, high);
    }

    public Transform First { get; }

    public Transform Second { get; }

    public override double Low { get; }

    public override double High { get; }

    public override double Apply(double value) => Second.Apply(First.Apply(value));

    /// <summary>Joins two transforms in the simplest form there is.</summary>
    /// <param name="first">What comes first; null for nothing.</param>
    /// <param name="second">What is applied to its outcome.</param>
    /// <returns>Both in one.</returns>
    public static Transform Of(Transform? first, Transform second) =>
        (first, second) switch
        {
            (null, _) => second,
            (ClipTransform clip, LinearTransform line) => new ClippedLinearTransform(clip, line),
            (ClipTransform outer, ClipTransform inner) => new ClipTransform(inner.Apply(outer.Low), inner.Apply(outer.High)),
            (ClipTransform outer, ClippedLinearTransform inner) => new ClippedLinearTransform(
                (ClipTransform)Of(outer, inner.Clip),
                inner.Line
            ),
            _ => new ChainTransform(first, second),
        };
}
