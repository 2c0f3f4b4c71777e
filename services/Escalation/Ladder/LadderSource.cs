using EarlyWarning.Store.Processes;
using EarlyWarning.Yaml;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>Finds the ladder: the file of the options, the one in the data folder, or the built-in one.</summary>
internal static class LadderSource
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "ladder.yaml";

    /// <summary>Loads the ladder.</summary>
    /// <param name="file">The file of the options; empty where they name none.</param>
    /// <param name="dataDirectory">The suite's data folder.</param>
    /// <exception cref="FaultyFileException">It cannot be read or has faults.</exception>
    public static CaseLadder Load(string file, string dataDirectory)
    {
        var own = Path.Combine(dataDirectory, FileName);
        if (file.Length > 0 || File.Exists(own))
        {
            return FromFile(file.Length > 0 ? file : own);
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
