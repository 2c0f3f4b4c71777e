namespace EarlyWarning.Ledger.Trace;

/// <summary>What was found of one warning, each thing once.</summary>
internal sealed class WarningTrace
{
    /// <summary>Observations by country and id; a revision replaces an earlier one.</summary>
    public Dictionary<(string Country, string Id), V1.Observation> Observations { get; } = [];

    /// <summary>Observation ids that a breach names and that the country's history does not give.</summary>
    public HashSet<(string Country, string Id)> MissingObservations { get; } = [];

    /// <summary>Breaches by name.</summary>
    public Dictionary<string, V1.Breach> Breaches { get; } = new(StringComparer.Ordinal);

    /// <summary>Notifications by name.</summary>
    public Dictionary<string, V1.Notification> Notifications { get; } = new(StringComparer.Ordinal);

    /// <summary>Cases by name.</summary>
    public Dictionary<string, V1.Case> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>The observation that was asked for, where one was.</summary>
    public V1.Observation? Asked { get; set; }

    /// <summary>The trace as an answer, each part in order of time.</summary>
    public V1.TraceResponse ToResponse(IEnumerable<string> sentences) =>
        new()
        {
            Observations = { Observations.Values.OrderBy(one => one.ObservedAt).ThenBy(one => one.ObservationId, StringComparer.Ordinal) },
            Breaches = { Breaches.Values.OrderBy(one => one.FireTime).ThenBy(one => one.Name, StringComparer.Ordinal) },
            Notifications = { Notifications.Values.OrderBy(one => one.CreateTime).ThenBy(one => one.Name, StringComparer.Ordinal) },
            Cases = { Cases.Values.OrderBy(one => one.OpenTime).ThenBy(one => one.Name, StringComparer.Ordinal) },
            Sentences = { sentences },
        };
}
