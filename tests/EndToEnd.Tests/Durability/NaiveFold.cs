using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>What a country's state must be, computed from the client's ledger alone by the plainest means.</summary>
public sealed class NaiveFold
{
    public const double Fires = 70;
    public const double Clears = 40;

    public double Score { get; private set; }

    public int Firings { get; private set; }

    public bool Firing { get; private set; }

    public static NaiveFold Of(IEnumerable<IReadOnlyList<Observation>> ledger)
    {
        var fold = new NaiveFold();
        var newest = new Dictionary<string, Observation>();
        foreach (var batch in ledger)
        {
            foreach (var observation in batch)
            {
                newest[observation.Indicator] = observation;
            }

            fold.Score = newest.Values.Average(observation => observation.Value);
            if (!fold.Firing && fold.Score >= Fires)
            {
                (fold.Firing, fold.Firings) = (true, fold.Firings + 1);
            }
            else if (fold.Firing && fold.Score <= Clears)
            {
                fold.Firing = false;
            }
        }

        return fold;
    }
}
