using EarlyWarning.Store.Processes;
using EarlyWarning.Yaml;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>Finds the ladder: the file of the options, the one in the data folder, or the built-in one.</summary>
internal static class LadderSource
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "ladder.yaml";

    /// <summary>Loads the ladder.</summary>
    /// <exception cref="FaultyFileException">It cannot be read or has faults.</exception>
    public static CaseLadder Load(EscalationOptions options, string dataDirectory)
    {
        var own = Path.Combine(dataDirectory, FileName);
        if (options.LadderFile.Length > 0 || File.Exists(own))
        {
            return FromFile(options.LadderFile.Length > 0 ? options.LadderFile : own);
        }

        return BuiltIn();
    }

    /// <summary>The built-in ladder.</summary>
    public static CaseLadder BuiltIn()
    {
        using var text = new StreamReader(typeof(LadderSource).Assembly.GetManifestResourceStream("default-ladder.yaml")!);
        return LadderFile.Read(text.ReadToEnd(), "default-ladder.yaml") with { Fingerprint = FileFingerprint.Of(null) };
    }

    private static CaseLadder FromFile(string path)
    {
        try
        {
            return LadderFile.Read(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaultyFileException([new(Place.Whole(path), $"The ladder cannot be read: {e.Message}")]);
        }
    }
}
