namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>
/// What a part of the suite owes, read in one go: from the one reading come both the lines that operators see and the gauges that an alarm
/// watches. Every service registers one or more.
/// </summary>
/// <remarks>
/// One for the process, asked by the survey alone: every few seconds and whenever somebody looks, so that readings may overlap and it has
/// to be thread-safe. What takes more than three seconds is given up and told as not known.
/// </remarks>
public interface IStatusSource
{
    /// <summary>Gets the name, in the gauge <c>earlywarning.status.up</c> and where the source cannot be read.</summary>
    string Name { get; }

    /// <summary>Gets the heading of the lines that name none.</summary>
    V1.Heading Heading { get; }

    /// <summary>
    /// Gets whether it tells of the process in which it is read, and not of the suite as a whole, which each of its processes would see
    /// alike.
    /// </summary>
    bool IsOfProcess => false;

    /// <summary>Gets every gauge that a reading may have a value of.</summary>
    IReadOnlyList<Gauge> Gauges => [];

    /// <summary>
    /// Reads how it stands now. What cannot be read is thrown: nobody is told a figure that is not known.
    /// </summary>
    Task<StatusReport> ReadAsync(CancellationToken cancellationToken);
}
