namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Min-max on the range of the reference set: floor + (100 − floor) · (x − min) / (max − min). Source: OECD and JRC, Handbook (2008),
/// section 5.3; COINr's n_minmax. With <see cref="Normalisation.OwnScale"/> it goes from <paramref name="Low"/> to <paramref name="High"/>
/// instead. An indicator that is the same in the whole set has no range, and is refused at load.
/// </summary>
/// <param name="Low">What the least value of the set becomes, on the method's own scale.</param>
/// <param name="High">What the greatest becomes.</param>
/// <param name="Capped">Whether a value outside the set's range counts as its end (the default); the set's own values never are.</param>
public sealed record MinMax(double Low = 0, double High = 100, bool Capped = true) : Normalisation;
