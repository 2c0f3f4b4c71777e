namespace EarlyWarning.Risk.Intake;

/// <content>What an append has said so far of a natural key.</content>
internal sealed partial class AppendBuilder
{
    /// <summary>The current observation of a natural key in this append, and the items that were told so.</summary>
    private struct CurrentKey(long revision, UInt128 id)
    {
        private List<(WaitingBatch Batch, int Index)>? _more;
        private WaitingBatch? _batch;
        private int _index;

        public readonly long Revision => revision;

        public readonly UInt128 Id => id;

        /// <summary>Notes that a batch's next item is told that it is current.</summary>
        public void Hold(WaitingBatch batch)
        {
            if (_batch is null)
            {
                (_batch, _index) = (batch, batch.Next);
            }
            else
            {
                (_more ??= []).Add((batch, batch.Next));
            }
        }

        /// <summary>Corrects what the items were told.</summary>
        public readonly void Lose()
        {
            _batch?.Supersede(_index);
            foreach (var (batch, index) in _more ?? [])
            {
                batch.Supersede(index);
            }
        }
    }
}
