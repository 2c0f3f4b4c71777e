using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Measuring;

namespace EarlyWarning.Driver.Targets;

/// <summary>What load is put on.</summary>
internal interface ITarget : IAsyncDisposable
{
    /// <summary>What it is, in words.</summary>
    string Says { get; }

    /// <summary>Who calls it.</summary>
    IReadOnlyList<Caller> Callers { get; }

    /// <summary>Who defines what is scored.</summary>
    Caller Administrator => Callers[0];

    /// <summary>Its processes, as far as they are known.</summary>
    IReadOnlyList<MeasuredProcess> Processes { get; }

    /// <summary>What it says of itself, where that can be asked.</summary>
    SuiteMetrics? Metrics { get; }

    /// <summary>Where its warnings are heard.</summary>
    HeardWarnings Warnings { get; }

    /// <summary>It was started for this run and is gone afterwards: nobody else calls it, and its whole store may be checked.</summary>
    bool IsOwn { get; }

    /// <summary>From the start of its process to ready.</summary>
    double? StartSeconds => null;

    /// <summary>What its process held before any load.</summary>
    double? RestMegabytes => null;

    /// <summary>A small forced write to the disk of its store, in milliseconds.</summary>
    double? DiskSyncMilliseconds => null;
}
