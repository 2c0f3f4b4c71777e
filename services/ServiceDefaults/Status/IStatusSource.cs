namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>What a service has to say in the status that operators see. Every service registers one or more.</summary>
public interface IStatusSource
{
    /// <summary>Gets the lines as they stand now; for each that is not OK, what to do.</summary>
    Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken);
}
