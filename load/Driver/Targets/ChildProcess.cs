using System.Diagnostics;

namespace EarlyWarning.Driver.Targets;

/// <summary>A process that the driver started and ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string executable, IEnumerable<string> arguments)
    {
        _process = Process.Start(
            new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => LastError = line.Data ?? LastError;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string LastError { get; private set; } = "";

    public bool HasExited => _process.HasExited;

    /// <summary>The memory that the process holds, in MB.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>The processor time that the process has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The program of another project of this solution, built beside this one.</summary>
    public static string Executable(string project, string name)
    {
        var mine = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var path = Path.GetFullPath(Path.Combine(mine, "..", "..", project, Path.GetFileName(mine), name));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there. Build first: dotnet build EarlyWarning.sln -c Release");
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
