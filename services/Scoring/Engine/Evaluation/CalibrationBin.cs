namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>Cases of similar probability.</summary>
/// <param name="Count">The number of cases.</param>
/// <param name="Events">In how many the event came.</param>
/// <param name="MeanProbability">What was forecast, 0 to 1.</param>
/// <param name="Lowest">The lowest probability in the bin.</param>
/// <param name="Highest">The highest.</param>
public readonly record struct CalibrationBin(int Count, int Events, double MeanProbability, double Lowest, double Highest)
{
    /// <summary>Gets what came, 0 to 1.</summary>
    public double ObservedRate => (double)Events / Count;
}
