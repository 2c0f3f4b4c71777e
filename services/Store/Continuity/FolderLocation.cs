using System.Runtime.InteropServices;

namespace EarlyWarning.Store.Continuity;

/// <summary>Where a folder is: a copy of it, or the same files on another machine, is somewhere else.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Number">The number that the file system gives the folder; 0 where it is not known.</param>
/// <param name="Machine">The machine's id; empty where it has none, as in a container.</param>
internal sealed partial record FolderLocation(string Path, ulong Number, string Machine)
{
    private const string MachineFile = "/etc/machine-id";
    private const int CurrentFolder = -100;
    private const uint AskForNumber = 0x100;
    private const int NumberOffset = 32;
    private const int AnswerSize = 256;

    public static FolderLocation Of(string folder)
    {
        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        return new(path, NumberOf(path), File.Exists(MachineFile) ? File.ReadAllText(MachineFile).Trim() : "");
    }

    private static ulong NumberOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            Span<byte> answer = stackalloc byte[AnswerSize];
            return StatX(CurrentFolder, path, 0, AskForNumber, answer) == 0 ? BitConverter.ToUInt64(answer[NumberOffset..]) : 0;
        }
        catch (EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> answer);
}
