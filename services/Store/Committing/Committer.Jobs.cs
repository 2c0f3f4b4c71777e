using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Committing;

/// <content>What needs the writing session to itself, and what is done between groups.</content>
internal sealed partial class Committer
{
    private void RunJob(DatabaseSession session, CommitterJob work, Action<DatabaseSession> job)
    {
        try
        {
            job(session);
            work.Complete();
        }
        catch (Exception exception)
        {
            work.Fail(
                exception is StoreUnavailableException or StoreStartException
                    ? exception
                    : new StoreUnavailableException(_database.Explain(exception), exception)
            );
            if (_database.Classify(exception) == StoreFault.Session && exception is not (StoreUnavailableException or StoreStartException))
            {
                throw;
            }

            session.Rollback();
        }
    }

    private void Tend(DatabaseSession session)
    {
        if (_time.GetElapsedTime(_tended) < s_tend)
        {
            return;
        }

        _tended = _time.GetTimestamp();
        _database.Tend(session);
    }
}
