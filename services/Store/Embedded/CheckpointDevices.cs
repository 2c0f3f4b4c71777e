using Tsavorite.core;

namespace EarlyWarning.Store.Embedded;

/// <summary>Files as usual, with a crash point where a checkpoint has begun and is not yet recoverable.</summary>
internal sealed class CheckpointDevices(INamedDeviceFactoryCreator inner) : INamedDeviceFactoryCreator
{
    public INamedDeviceFactory Create(string baseName) => new Factory(inner.Create(baseName));

    private sealed class Factory(INamedDeviceFactory inner) : INamedDeviceFactory
    {
        public IDevice Get(FileDescriptor fileInfo)
        {
            if (fileInfo.directoryName?.Contains("cpr-checkpoints", StringComparison.Ordinal) == true)
            {
                CrashPoint.Reach(CrashPoint.DuringCheckpoint);
            }

            return inner.Get(fileInfo);
        }

        public IEnumerable<FileDescriptor> ListContents(string path) => inner.ListContents(path);

        public void Delete(FileDescriptor fileInfo) => inner.Delete(fileInfo);
    }
}
