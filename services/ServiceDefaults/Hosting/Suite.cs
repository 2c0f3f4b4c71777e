namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>What the suite is started as.</summary>
/// <param name="Exercise">
/// Everything is an exercise: events, messages and pages say EXERCISE, fictional countries (XAA to XZZ without XKX) are the only ones, and
/// no destination but inbox and loopback is served.
/// </param>
/// <param name="DataDirectory">The folder of this suite's data and of the files that users put beside it (directory, ladder,
/// frameworks).</param>
public sealed record Suite(bool Exercise, string DataDirectory);
