using SharpFuzz;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>Makes the suite's assemblies, and those that it reads with, count which of their branches run.</summary>
internal static class Instrumentation
{
    private static readonly string[] s_readers = ["YamlDotNet.dll", "CsvHelper.dll", "ew.dll"];

    // Generated, and mathematics: neither reads what somebody sent.
    private static readonly string[] s_others = ["EarlyWarning.Protos.dll", "EarlyWarning.Engine.dll", "EarlyWarning.Fuzzing.Tests.dll"];

    /// <summary>Instruments the assemblies of a folder in place.</summary>
    public static int Run(string folder, TextWriter output)
    {
        var files = Directory
            .GetFiles(folder, "EarlyWarning.*.dll")
            .Select(path => Path.GetFileName(path))
            .Concat(s_readers)
            .Except(s_others);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            try
            {
                _ = Fuzzer.Instrument(Path.Combine(folder, file), static _ => true, Options.Value);
            }
            catch (InstrumentationException exception)
            {
                output.WriteLine($"{file} is tried without: {exception.Message}");
            }
        }

        return 0;
    }
}
