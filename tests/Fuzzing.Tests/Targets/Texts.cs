using System.Text;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Inputs as texts, and as the files that some parsers ask for.</summary>
internal static class Texts
{
    private const string InMemory = "/dev/shm";

    // Files are written a thousand times a second; some parsers bring theirs to the disk.
    private static readonly string s_folder = System.IO.Directory.Exists(InMemory)
        ? System.IO.Directory.CreateDirectory(Path.Combine(InMemory, $"ew-fuzz-{Environment.ProcessId}")).FullName
        : System.IO.Directory.CreateTempSubdirectory("ew-fuzz-").FullName;

    static Texts() => AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(s_folder, recursive: true);

    /// <summary>The texts as inputs.</summary>
    public static Func<IEnumerable<byte[]>> Seeds(params string[] texts) => () => texts.Select(Encoding.UTF8.GetBytes);

    /// <summary>The input as text; what is no UTF-8 in it is U+FFFD, as every reader of files has it.</summary>
    public static string Of(ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(input);

    /// <summary>The lines of an input up to a number of them, the last with all that follows.</summary>
    public static string[] Parts(ReadOnlySpan<byte> input, int count)
    {
        var parts = Of(input).Split('\n', count);
        return [.. parts, .. Enumerable.Repeat("", count - parts.Length)];
    }

    /// <summary>A folder of this process for a target.</summary>
    public static string Folder(string target) => System.IO.Directory.CreateDirectory(Path.Combine(s_folder, target)).FullName;

    /// <summary>Writes the input into a file, and gives the file's path.</summary>
    public static string File(string target, string name, ReadOnlySpan<byte> input)
    {
        var path = Path.Combine(Folder(target), name);
        System.IO.File.WriteAllBytes(path, input);
        return path;
    }
}
