namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>
/// A line over clipped values: what winsorisation and min-max leave, kept apart so that a loop can run over both at once.
/// </summary>
/// <param name="clip">What comes first.</param>
/// <param name="line">What is applied to the clipped value.</param>
internal sealed class ClippedLinearTransform(ClipTransform clip, LinearTransform line) : Transform
{
    public ClipTransform Clip { get; } = clip;

    public LinearTransform Line { get; } = line;

    public override double Low => Math.Min(Line.Apply(Clip.Low), Line.Apply(Clip.High));

    public override double High => Math.Max(Line.Apply(Clip.Low), Line.Apply(Clip.High));

    public override double Apply(double value) => Line.Apply(Clip.Apply(value));
}
