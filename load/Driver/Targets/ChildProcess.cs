using System.Diagnostics;

namespace EarlyWarning.Driver.Targets;

/// <summary>A process that the driver started and ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string Session = "/usr/bin/setsid";
    private readonly Process _process;

    public ChildProcess(string executable, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        // In a session of its own: Ctrl-C on the terminal ends the load, and the suite only when what it was told has been held against it.
        var start = File.Exists(Session)
            ? new ProcessStartInfo(Session, [executable, .. arguments])
            : new ProcessStartInfo(executable, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => LastError = line.Data ?? LastError;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string LastError { get; private set; } = "";

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>The program of another project of this solution, built beside this one.</summary>
    public static string Executable(string project, string name)
    {
        var mine = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var path = Path.GetFullPath(Path.Combine(mine, "..", "..", project, Path.GetFileName(mine), name));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there. Build first: dotnet build services/Host -c Release");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
