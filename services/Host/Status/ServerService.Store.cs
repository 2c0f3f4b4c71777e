using System.Text.RegularExpressions;
using System.Threading.Channels;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <content>What is done with the store as a whole.</content>
internal sealed partial class ServerService
{
    public override async Task<ResumeStoreResponse> ResumeStore(ResumeStoreRequest request, ServerCallContext context)
    {
        try
        {
            return Response(
                (
                    await store.ResumeAsync(context.CancellationToken, epoch =>
                        RequestUnits.KeepStatement(RequestMarks.Of(context), Response(epoch).ToByteArray(), time.GetUtcNow())
                    )
                ).Epoch
            );
        }
        catch (StoreInUseException exception)
        {
            throw Fault.Of(StatusCode.FailedPrecondition, ErrorReason.StoreInUse, exception.Message);
        }

        static ResumeStoreResponse Response(string epoch) => new() { Epoch = epoch };
    }

    public override Task<CheckStoreResponse> CheckStore(CheckStoreRequest request, ServerCallContext context) =>
        checks.RunAsync(request, context);

    public override async Task BackUpStore(
        BackUpStoreRequest request,
        IServerStreamWriter<BackUpStoreResponse> responseStream,
        ServerCallContext context
    )
    {
        if (request.FileName.Length > 0 && !FileName().IsMatch(request.FileName))
        {
            throw Fault.Field(
                ErrorReason.InvalidField,
                "file_name",
                "A backup's name has 1 to 100 letters, digits, '.', '-' and '_', and begins with a letter or a digit. It has no path: "
                    + "the file is made below the data folder's backups."
            );
        }

        // A caller who reads slowly is told less often, and the backup does not wait.
        var told = System.Threading.Channels.Channel.CreateBounded<BackupProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        var backup = BackUpAsync(request.FileName, told.Writer, context.CancellationToken);
        await foreach (var progress in told.Reader.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new()
                {
                    Phase = progress.Phase == BackupPhase.Checking ? BackUpPhase.Checking : BackUpPhase.Copying,
                    Done = progress.Done,
                    Total = progress.Total,
                },
                context.CancellationToken
            );
        }

        var report = await backup;
        await responseStream.WriteAsync(
            new()
            {
                Phase = BackUpPhase.Done,
                Backup = new()
                {
                    File = report.File,
                    SizeBytes = report.Bytes,
                    Journals = report.Journals,
                    Entries = report.Entries,
                    Duration = report.Took.ToDuration(),
                    MissingArchives = { report.Missing },
                },
            }
        );
    }

    private async Task<BackupReport> BackUpAsync(string name, ChannelWriter<BackupProgress> told, CancellationToken cancellationToken)
    {
        try
        {
            return await store.BackupAsync(name, progress => told.TryWrite(progress), cancellationToken);
        }
        catch (BackupException exception)
        {
            throw Fault.Of(StatusCode.FailedPrecondition, ErrorReason.BackupFailed, exception.Message);
        }
        finally
        {
            told.Complete();
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex FileName();
}
