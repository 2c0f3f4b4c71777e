using System.Diagnostics;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>One of the sample receivers in a process of its own, as somebody who copies it runs it.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private const string Listening = "Listening on ";
    private static readonly string s_root = Find(AppContext.BaseDirectory);
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private ReceiverProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it printed.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The messages that it printed, by the end of their line.</summary>
    public int Shown(string subject) => Lines.Count(line => line.EndsWith(subject, StringComparison.Ordinal));

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ReceiverProcess> StartAsync(string language, string file, string secret, string old = "")
    {
        var (program, arguments) = language switch
        {
            "csharp" => (Executable(), Array.Empty<string>()),
            "python" => ("python3", [Path.Combine(s_root, "samples", "receivers", "python", "receiver.py")]),
            _ => ("node", [Path.Combine(s_root, "samples", "receivers", "javascript", "receiver.mjs")]),
        };
        var start = new ProcessStartInfo(program, [.. arguments, "0", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["WEBHOOK_SECRET"], start.Environment["WEBHOOK_SECRET_OLD"]) = (secret, old);
        var receiver = new ReceiverProcess(Process.Start(start)!);
        await Eventually.HoldsAsync(
            () => receiver.Lines.Any(line => line.StartsWith(Listening, StringComparison.Ordinal)),
            $"the receiver in {language} listens",
            seen: () => string.Join('\n', receiver.Lines)
        );
        receiver.Address = new(receiver.Lines.First(line => line.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..]);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Executable()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(s_root, "artifacts", "bin", "Receiver", configuration, "EarlyWarning.Receiver");
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "EarlyWarning.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);

    private void Keep(string? line)
    {
        lock (_lines)
        {
            _lines.Add(line ?? "");
        }
    }
}
