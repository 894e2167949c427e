import { isRedisInstalled, startRedis } from '@intercom-destinations/redis-server'
import { openFleetState, openFleetWorker } from '../fleet/fleet-worker'
import { runFleet } from '../fleet/run-fleet'

const SCENE = { events: 400, people: 40, companies: 8, redeliveredShare: 0.1 }

const itWithRedis = isRedisInstalled ? it : it.skip

describe('several processes over one Redis', () => {
  itWithRedis('lose no event, store nothing twice and keep the last value of each person', async () => {
    const redis = await startRedis()
    try {
      const openWorkers = (restHost: string) =>
        [1, 2, 3].map(() => openFleetWorker(restHost, openFleetState(redis.url)))
      const { lost, doubled, older, rejected, uncertain } = await runFleet({ ...SCENE, openWorkers })
      expect({ lost, doubled, older, rejected, uncertain }).toEqual({
        lost: 0,
        doubled: 0,
        older: 0,
        rejected: 0,
        uncertain: 0
      })
    } finally {
      await redis.stop()
    }
  })
})

describe('several processes that share nothing', () => {
  it('leave older values behind, which the check of the fleet sees', async () => {
    const openWorkers = (restHost: string) => [1, 2, 3].map(() => openFleetWorker(restHost, undefined))
    const { older } = await runFleet({ ...SCENE, openWorkers })
    expect(older).toBeGreaterThan(0)
  })
})
